package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.SweepReport;
import io.ferric.driver.SweepReport.Fate;
import io.ferric.publish.Credentials;
import io.ferric.publish.Keystone;
import io.ferric.publish.KeystoneOptions;
import io.ferric.publish.SwiftApi;
import io.ferric.publish.SwiftOptions;
import io.ferric.publish.SwiftPublisher;
import io.ferric.testkit.OpenStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sharing and sweeping on a real Swift, looked at with plain HTTP. */
class BootIsoSharingIT {
    private static final OpenStack OPENSTACK = OpenStack.shared();

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String container = "sharing-" + UUID.randomUUID();
    private final Clock clock = Clock.systemUTC();
    private Keystone keystone;
    private SwiftPublisher swift;
    private Bench bench;
    private Installation ferric;
    private String token;

    @BeforeEach
    void open() throws Exception {
        OpenStack.User user = OPENSTACK.ferric();
        keystone = Keystone.session(
                Credentials.of(OPENSTACK.authUrl(), user.name(), user.password(), user.project()),
                KeystoneOptions.defaults(),
                clock);
        swift = new SwiftPublisher(new SwiftApi(keystone.objectStore(), SwiftOptions.defaults(), clock), container);
        bench = new Bench(folder);
        ferric = new Installation(bench, swift, clock);
        token = OPENSTACK.token(user);
    }

    @AfterEach
    void close() throws Exception {
        for (String name : names()) {
            ask("DELETE", "/" + name);
        }
        ask("DELETE", "");
        ferric.close();
        keystone.close();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        URI uri = URI.create(OPENSTACK.swiftUrl() + "/" + container + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .header("X-Auth-Token", token)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofString());
    }

    private List<String> names() throws Exception {
        return ask("GET", "").body().lines().toList();
    }

    private String header(String object, String name) throws Exception {
        HttpHeaders headers = ask("HEAD", "/" + object).headers();
        return headers.firstValue(name).orElse("none");
    }

    @Test
    void nodes_of_two_conductors_share_one_upload_until_the_last_is_gone() throws Exception {
        BootIsoLibrary elsewhere = ferric.library(bench, swift, ferric.conductor("elsewhere", clock));
        FakeTask first = ferric.node();
        FakeTask second = ferric.node();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Callable<String>> both = List.of(() -> ferric.choose(first), () -> elsewhere.choose(second, Bench.DISK));
        List<String> chosen = new ArrayList<>();
        for (Future<String> each : threads.invokeAll(both, 1, TimeUnit.MINUTES)) {
            chosen.add(each.get());
        }
        threads.shutdown();
        String name = chosen.get(0);
        assertThat(chosen).containsOnly(name);
        List<String> events = new ArrayList<>(first.events);
        events.addAll(second.events);
        assertThat(events.stream().filter(event -> event.contains("Making the boot ISO")))
                .hasSize(1);
        assertThat(names()).containsExactly(name);
        assertThat(header(name, "X-Object-Meta-Usage-Count")).isEqualTo("2");
        assertThat(header(name, "X-Object-Meta-Ferric-Installation")).isEqualTo(ferric.id());

        ferric.isos.release(first);
        assertThat(header(name, "X-Object-Meta-Usage-Count")).isEqualTo("1");
        assertThat(header(name, "X-Object-Meta-Ferric-Installation")).isEqualTo(ferric.id());
        elsewhere.release(second);
        assertThat(ask("HEAD", "/" + name).statusCode()).isEqualTo(404);
    }

    @Test
    void the_sweep_deletes_our_orphan_and_leaves_what_others_made() throws Exception {
        FakeTask node = ferric.node();
        String used = ferric.choose(node);
        Path file = Files.writeString(folder.resolve("orphan"), "orphan");
        String orphan = "boot-" + "a".repeat(32) + ".iso";
        String others = "boot-" + "b".repeat(32) + ".iso";
        String strange = "boot-" + "c".repeat(32) + ".iso";
        swift.store(orphan, file, Map.of("ferric_installation", ferric.id()));
        swift.store(
                others, file, Map.of("ferric_installation", UUID.randomUUID().toString()));
        swift.store(strange, file);
        assertThat(ferric.sweep().leftovers()).isEmpty();

        StoreSweep later = new StoreSweep(
                swift, new OwnMark(swift, ferric.shared), Clock.offset(clock, StoreSweep.GRACE.plusMinutes(5)));
        SweepReport report = later.sweep(ferric.nodes::contains);
        assertThat(report.names(Fate.DELETED)).containsExactly(orphan);
        assertThat(report.names(Fate.LEFT_ALONE)).containsExactly(strange);
        assertThat(report.leftovers()).hasSize(2);
        for (String kept : List.of(used, others, strange)) {
            assertThat(ask("HEAD", "/" + kept).statusCode()).isEqualTo(200);
        }
        assertThat(ask("HEAD", "/" + orphan).statusCode()).isEqualTo(404);

        ask("DELETE", "/" + used);
        assertThat(later.sweep(ferric.nodes::contains).names(Fate.LOST)).containsExactly(used);
        ferric.choose(node);
        assertThat(header(used, "X-Object-Meta-Usage-Count")).isEqualTo("1");
    }
}
