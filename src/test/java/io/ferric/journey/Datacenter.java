package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.Pause;
import io.ferric.lab.PretendNode;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ServerTimes;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.node.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One Ferric and a rack of pretend servers, all in one folder and on loopback. */
final class Datacenter implements AutoCloseable {
    /** What the deploy ramdisk is given to show. */
    static final String TOKEN = "token-7f3a91c2";

    private static final long DISK = 3L << 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path state;
    private final Supplies supplies;
    private final PretendRack rack;
    private final IloConnections ilos;
    private final Ferric ferric;
    private final Rest rest;
    private final Shelf shelf;
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    private Datacenter(
            Path folder, Map<String, Object> settings, Map<String, String> credentials, Optional<Shelf> elsewhere)
            throws IOException {
        state = folder.resolve("state");
        supplies = Supplies.in(folder.resolve("files"));
        rack = PretendRack.in(folder.resolve("rack"));
        ilos = IloConnections.create(IloTrace.NONE, Clock.systemUTC(), Datacenter::hurried);
        Ferric.Builder builder = Ferric.builder()
                .config(FerricConfig.read(configuration(folder, supplies, settings)))
                .iloConnector(ilos);
        if (credentials.isEmpty()) {
            builder.tokenSource(task -> Optional.of(Secret.of(TOKEN)));
        }
        ferric = builder.start();
        rest = new Rest(ferric.restUri(), credentials);
        secrets.addAll(Set.of(SimulatedIlo.DEFAULT_PASSWORD, TOKEN));
        shelf = elsewhere.orElse(() -> files(state.resolve("published/objects")));
    }

    /** A self-test or a busy iLO is waited for as in life, but a hundred times as fast. */
    private static void hurried(Duration pause) {
        Pause.SLEEP.pause(pause.dividedBy(100));
    }

    /** Where floppies and ISOs lie. */
    @FunctionalInterface
    interface Shelf {
        List<Path> published() throws IOException;
    }

    /** Starts everything; {@code settings} are keys of the configuration such as {@code deploy.iscsi_deadline}. */
    static Datacenter in(Path folder, Map<String, Object> settings) throws IOException {
        return new Datacenter(folder, settings, Map.of(), Optional.empty());
    }

    /** The same for an API that authenticates, whose operators send these headers; the ramdisk's token is Ferric's own. */
    static Datacenter in(Path folder, Map<String, Object> settings, Map<String, String> credentials)
            throws IOException {
        return new Datacenter(folder, settings, credentials, Optional.empty());
    }

    /** As above, with settings by which floppies and ISOs are published elsewhere. */
    static Datacenter in(Path folder, Map<String, Object> settings, Shelf elsewhere) throws IOException {
        return new Datacenter(folder, settings, Map.of(), Optional.of(elsewhere));
    }

    /** Writes a configuration for loopback, free ports and impatient tests. */
    static Path configuration(Path folder, Supplies supplies, Map<String, Object> settings) throws IOException {
        Map<String, Object> all = new TreeMap<>(Map.of(
                "deploy.file_url_allowed_paths", List.of(supplies.folder().toString())));
        supplies.ownLoader().ifPresent(file -> all.put("ilo.isolinux_bin", file.toString()));
        all.putAll(settings);
        return configuration(folder, all);
    }

    /** As above, without anything that {@code file://} may lead to. */
    static Path configuration(Path folder, Map<String, Object> settings) throws IOException {
        Map<String, Object> all = new TreeMap<>(Map.of(
                "state_directory",
                folder.resolve("state").toString(),
                "rest.port",
                0,
                "publisher.local.port",
                0,
                "deploy.ramdisk.callback_networks",
                List.of("127.0.0.0/8"),
                "conductor.polling_interval",
                "100ms",
                "conductor.node_locked_retry_interval",
                "50ms",
                "ilo.client_timeout",
                "2s",
                "ilo.power_retry",
                100,
                "ilo.power_wait",
                "50ms"));
        // cleaning boots the ramdisk once more; the journeys that are about it ask for it
        all.put("conductor.automated_clean", false);
        all.putAll(settings);
        ObjectNode root = JSON.createObjectNode();
        all.forEach((key, value) -> {
            int dot = key.lastIndexOf('.');
            ObjectNode section =
                    dot < 0 ? root : root.withObject("/" + key.substring(0, dot).replace('.', '/'));
            section.set(key.substring(dot + 1), JSON.valueToTree(value));
        });
        // JSON is YAML
        return Files.writeString(folder.resolve("ferric.yaml"), root.toPrettyString());
    }

    /** Racks a server and enrols it up to {@code available}. */
    EnrolledNode enrol(String name) throws IOException {
        return enrol(name, event -> {});
    }

    EnrolledNode enrol(String name, Consumer<ServerEvent> listener) throws IOException {
        return enrol(name, SimulatedIlo.builder(), listener);
    }

    EnrolledNode enrol(String name, SimulatedIlo.Builder ilo, Consumer<ServerEvent> listener) throws IOException {
        PretendNode hardware = hardware(rack, name, ilo, event -> {
            if (event.stage() == Stage.ORDERED) {
                noteSecretsOf(name);
            }
            listener.accept(event);
        });
        EnrolledNode node = EnrolledNode.create(rest, hardware, supplies);
        node.becomesAvailable();
        return node;
    }

    static PretendNode hardware(PretendRack rack, String name, SimulatedIlo.Builder ilo, Consumer<ServerEvent> listener)
            throws IOException {
        return rack.add(
                name, DISK, ilo.powerDelays(Duration.ofMillis(20), Duration.ofMillis(20)), server -> server.times(
                                ServerTimes.hurried())
                        .listener(listener));
    }

    Rest rest() {
        return rest;
    }

    Ferric ferric() {
        return ferric;
    }

    Supplies supplies() {
        return supplies;
    }

    /** The floppies and ISOs that could be fetched now. */
    List<Path> published() throws IOException {
        return shelf.published();
    }

    /** Asserts that nothing of this node is left but what the cache keeps. */
    void keepsNothingOf(EnrolledNode node) throws IOException {
        assertThat(state.resolve("images/" + node.uuid())).doesNotExist();
        assertThat(files(state.resolve("ilo"))).isEmpty();
    }

    /** The key that the deploy ramdisk of this node was given and that is still good. */
    String deployKey(String node) {
        return ferric.conductor().node(node).instanceInfo().text("deploy_key").orElseThrow();
    }

    private void noteSecretsOf(String name) {
        secrets.add(deployKey(name));
        PretendNode hardware = rack.nodes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        for (MediaDevice device : MediaDevice.values()) {
            String url = hardware.ilo().state().bay(device).imageUrl().orElseThrow();
            secrets.add(signature(url));
        }
    }

    /** What makes a URL good: all of its name, or the parameter of Swift. */
    private static String signature(String url) {
        Matcher swift = Pattern.compile("temp_url_sig=([^&]+)").matcher(url);
        return swift.find() ? swift.group(1) : url.substring(url.lastIndexOf('/') + 1, url.lastIndexOf('.'));
    }

    /** Asserts that no answer of REST so far held a password, a token, a deploy key or the signature of a URL. */
    void toldNoSecrets() {
        assertThat(rest.heard()).allSatisfy(answer -> assertThat(secrets).noneMatch(answer::contains));
    }

    /** Every file in a folder and below; none when there is no such folder. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> below = Files.walk(folder)) {
            return below.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() throws IOException {
        try (rack) {
            ferric.close();
            ilos.close();
            for (PretendNode node : rack.nodes()) {
                assertThat(node.ilo().sessions())
                        .as("sessions left open at " + node.name())
                        .isEmpty();
            }
        }
    }
}
