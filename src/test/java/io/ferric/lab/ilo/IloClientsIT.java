package io.ferric.lab.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.testkit.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The clients that others wrote for real iLOs, against each simulated one: python-hpilo, proliantutils and sushy, driven
 * by {@code src/it/ilo/drive.py}. What they cannot do with a generation is written in {@code expected.py}.
 */
class IloClientsIT {
    private static final String PACKAGES = "/usr/lib/python3/dist-packages/";
    private static final List<Kind> POWER = List.of(Kind.POWERED_ON, Kind.POWERED_OFF, Kind.RESET, Kind.BOOTED);
    private static final List<Kind> MEDIA = List.of(Kind.INSERTED, Kind.EJECTED, Kind.CONNECTED);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ILO3_G7, hpilo", "ILO3_G7, proliantutils", "ILO3_G7, sushy",
        "ILO4_GEN8, hpilo", "ILO4_GEN8, proliantutils", "ILO4_GEN8, sushy",
        "ILO4_GEN9, hpilo", "ILO4_GEN9, proliantutils", "ILO4_GEN9, sushy",
        "ILO5, hpilo", "ILO5, proliantutils", "ILO5, sushy",
        "ILO6, hpilo", "ILO6, proliantutils", "ILO6, sushy",
        "ILO7, hpilo", "ILO7, proliantutils", "ILO7, sushy",
    })
    void does_what_the_client_expects_of_a_real_one(IloProfile profile, String client) throws Exception {
        Peer.requireFile(PACKAGES + "hpilo.py", "python3-hpilo");
        Peer.requireFile(PACKAGES + "proliantutils/ilo/client.py", "python3-proliantutils");
        Peer.requireFile(PACKAGES + "sushy/main.py", "python3-sushy");
        Peer.requireFile("/usr/bin/python3", "python3");
        Path password = Files.writeString(folder.resolve("password"), SimulatedIlo.DEFAULT_PASSWORD + "\n");
        try (SimulatedIlo ilo = SimulatedIlo.builder().profile(profile).start()) {
            ilo.state().attach(new AcpiHost(ilo.state()));
            ilo.state().powerOn();
            await().until(() -> ilo.state().post() == IloState.Post.FINISHED);
            int before = ilo.events().size();

            String table = drive(ilo, client, password);

            assertThat(table).as(table).doesNotContain("UNEXPECTED").contains("took");
            assertThat(ilo.events(Kind.LOGIN_REJECTED)).isEmpty();
            assertHappened(table, ilo.events().subList(before, ilo.events().size()));
        }
    }

    private static String drive(SimulatedIlo ilo, String client, Path password) throws Exception {
        Path output = Files.createTempFile("clients", ".out");
        Process python = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-B",
                        "src/it/ilo/drive.py",
                        "--profile",
                        ilo.profile().wireName(),
                        "--address",
                        "127.0.0.1:" + ilo.address().getPort(),
                        "--password-file",
                        password.toString(),
                        "--client",
                        client)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(5)).until(() -> !python.isAlive());
            return Files.readString(output);
        } finally {
            python.destroyForcibly();
            Files.delete(output);
        }
    }

    /** What the client took for done was done. */
    private static void assertHappened(String table, List<IloEvent> events) {
        List<Kind> kinds = events.stream().map(IloEvent::kind).toList();
        if (table.matches("(?s).*reset +ok.*")) {
            assertThat(kinds).containsAll(POWER);
        }
        if (table.matches("(?s).*eject-cd +ok.*")) {
            assertThat(kinds).containsAll(MEDIA);
        }
        if (table.matches("(?s).*boot-once-pxe +ok.*")) {
            assertThat(events).anyMatch(event -> event.toString().equals("ONE_TIME_BOOT NETWORK"));
        }
        if (table.matches("(?s).*license +ok.*")) {
            assertThat(kinds).contains(Kind.LICENSE);
        }
        if (table.matches("(?s).*boot-mode +ok.*")) {
            assertThat(kinds).contains(Kind.BOOT_MODE);
        }
        if (table.matches("(?s).*indicator +ok.*")) {
            assertThat(kinds).contains(Kind.LIGHT);
        }
    }
}
