package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.driver.RamdiskToken;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.testkit.OpenStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deploys with a real Keystone, Swift and Glance: callers show tokens, image, kernel, ramdisk and deploy ISO are in Glance,
 * which keeps them in Swift, and the pretend iLO fetches by TempURL.
 */
class OpenStackIT {
    @TempDir
    private Path folder;

    private final OpenStack services = OpenStack.shared();
    private Cloud cloud;
    private CloudSite site;

    @BeforeEach
    void reach() {
        cloud = new Cloud(folder, "openstack-it");
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    @Test
    void deploys_two_nodes_from_glance_that_share_a_boot_iso() throws Exception {
        site = CloudSite.in(folder.resolve("site"), cloud, cloud.signingForGlance());
        Rest operator = site.rest().as(services.token(services.ferric()));
        AtomicReference<EnrolledNode> ordered = new AtomicReference<>();
        AtomicReference<String> fetched = new AtomicReference<>("");
        EnrolledNode one = site.enrol(operator, "one", event -> {
            if (event.stage() == Stage.ORDERED) {
                fetched.set(ordered.get()
                        .hardware()
                        .ilo()
                        .state()
                        .bay(MediaDevice.CDROM)
                        .imageUrl()
                        .orElseThrow());
            }
        });
        ordered.set(one);
        EnrolledNode two = site.enrol(operator, "two", event -> {});

        JsonNode active = one.deploy(Map.of());
        one.holdsTheImage();
        assertThat(fetched.get()).contains("/glance/" + site.glance().deployIso() + "?", "temp_url_sig=");
        String iso = active.path("instance_info").path("ilo_boot_iso").asText();
        assertThat(cloud.published()).as("no floppy any more").containsExactly(Path.of(iso));
        assertThat(usage(iso)).isEqualTo("1");

        two.deploy(Map.of());
        two.holdsTheImage();
        assertThat(cloud.published()).containsExactly(Path.of(iso));
        assertThat(usage(iso)).isEqualTo("2");

        one.tearDown();
        assertThat(usage(iso)).isEqualTo("1");
        two.tearDown();
        assertThat(cloud.published()).isEmpty();
        assertThat(operator.heard())
                .noneMatch(answer -> answer.contains("temp_url_sig") || answer.contains(services.tempUrlKey()));
    }

    @Test
    void a_reader_may_look_and_not_deploy_and_a_stranger_neither() throws Exception {
        Map<String, Object> settings = cloud.signingForGlance();
        settings.put("rest.keystone.token_cache_time", "0s");
        site = CloudSite.in(folder.resolve("site"), cloud, settings);
        EnrolledNode node = site.enrol(site.rest().as(services.token(services.ferric())), "watched", event -> {});
        Rest reader = site.rest().as(services.token(services.observer()));

        assertThat(reader.get(node.path()).json().path("provision_state").asText())
                .isEqualTo("available");
        String state = node.path() + "/states/provision";
        assertThat(reader.send("PUT", state, Map.of("target", "active")).status())
                .isEqualTo(403);
        assertThat(site.rest().get(node.path()).status()).isEqualTo(401);
        assertThat(site.rest().as("no-token-at-all").get(node.path()).status()).isEqualTo(401);
        String revoked = services.token(services.ferric());
        assertThat(site.rest().as(revoked).get(node.path()).status()).isEqualTo(200);
        services.revoke(revoked);
        assertThat(site.rest().as(revoked).get(node.path()).status()).isEqualTo(401);
        assertThat(node.show().path("provision_state").asText()).isEqualTo("available");
    }

    @Test
    void with_a_service_token_and_no_key_of_glances_account_the_deploy_iso_is_copied_and_the_copy_removed()
            throws Exception {
        Map<String, Object> settings = cloud.publishingToSwift();
        settings.put("rest.keystone.ramdisk_token", "service");
        site = CloudSite.in(folder.resolve("site"), cloud, settings);
        Rest operator = site.rest().as(services.token(services.ferric()));
        AtomicReference<List<Path>> during = new AtomicReference<>(List.of());
        AtomicReference<String> floppy = new AtomicReference<>("");
        EnrolledNode node = site.enrol(operator, "copied", event -> {
            if (event.stage() == Stage.ORDERED) {
                during.set(published());
                floppy.set(publishedFloppy(during.get()));
            }
        });
        node.deploy(Map.of());
        node.holdsTheImage();
        assertThat(during.get())
                .contains(Path.of("iso-" + node.uuid() + ".iso"), Path.of("image-" + node.uuid() + ".img"));
        assertThat(floppy.get())
                .as("Ferric's own user's token of Keystone")
                .containsPattern("gAAAA[\\w-]{100,}")
                .doesNotContain(RamdiskToken.PREFIX);
        assertThat(cloud.published()).hasSize(1);
        node.tearDown();
        assertThat(cloud.published()).isEmpty();
    }

    @Test
    void a_callers_token_that_is_revoked_before_the_call_back_fails_the_deploy_in_plain_words() throws Exception {
        Map<String, Object> settings = cloud.signingForGlance();
        settings.put("rest.keystone.token_cache_time", "0s");
        settings.put("rest.keystone.ramdisk_token", "caller");
        settings.put("conductor.deploy_callback_timeout", "4s");
        site = CloudSite.in(folder.resolve("site"), cloud, settings);
        String token = services.token(services.ferric());
        EnrolledNode node = site.enrol(site.rest().as(token), "revoked", event -> {
            if (event.stage() == Stage.ORDERED) {
                services.revoke(token);
            }
        });
        node.beginDeploy(Map.of());
        EnrolledNode seen = node.by(site.rest().as(services.token(services.ferric())));
        assertThat(seen.fails())
                .as("%s", node.hardware().server().console())
                .contains("callback", "A call was refused", "token", "expired or revoked");
        assertThat(cloud.published()).isEmpty();
    }

    private String usage(String iso) {
        return cloud.head(iso).headers().firstValue("X-Object-Meta-Usage-Count").orElse("");
    }

    private String publishedFloppy(List<Path> names) {
        Path floppy = names.stream()
                .filter(name -> name.toString().startsWith("image-"))
                .findFirst()
                .orElseThrow();
        URI url = URI.create(cloud.containerUrl() + "/" + floppy);
        return cloud.send("GET", url, BodyPublishers.noBody(), Map.of()).body();
    }

    private List<Path> published() {
        try {
            return cloud.published();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
