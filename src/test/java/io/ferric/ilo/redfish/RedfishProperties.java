package io.ferric.ilo.redfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.HttpCall;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.NodeFault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever an iLO answers: a result or a fault of ours, after a bounded number of calls. */
class RedfishProperties {
    private static final int CALLS = 3000;
    private static final URI ISO = URI.create("https://127.0.0.1/boot.iso");
    private static final List<Consumer<IloClient>> QUESTIONS = List.of(
            IloClient::power,
            IloClient::powerOn,
            IloClient::pressPowerButton,
            IloClient::holdPowerButton,
            IloClient::reset,
            IloClient::coldBoot,
            IloClient::injectNmi,
            IloClient::postState,
            IloClient::productName,
            IloClient::firmware,
            IloClient::licenses,
            ilo -> ilo.insertMedia(MediaDrive.CDROM, ISO),
            ilo -> ilo.ejectMedia(MediaDrive.FLOPPY),
            ilo -> ilo.mediaStatus(MediaDrive.CDROM),
            ilo -> ilo.connectMedia(MediaDrive.CDROM, MediaUse.BOOT_ONCE),
            IloClient::oneTimeBoot,
            ilo -> ilo.setOneTimeBoot(BootDevice.CDROM),
            IloClient::clearOneTimeBoot,
            IloClient::persistentBoot,
            ilo -> ilo.setPersistentBoot(BootDevice.PXE),
            ilo -> ilo.setPersistentBootLast(List.of(BootTarget.CDROM)),
            IloClient::currentBootMode,
            IloClient::pendingBootMode,
            IloClient::supportedBootModes,
            ilo -> ilo.setBootMode(BootMode.UEFI),
            IloClient::secureBoot,
            IloClient::inventory,
            IloClient::sensors,
            IloClient::indicator,
            ilo -> ilo.setIndicator(Indicator.ON),
            IloClient::resetIlo);

    private static final List<Map<String, String>> TREES = new ArrayList<>();
    private static final AtomicLong MUTATED = new AtomicLong();
    private static ScriptedRedfish bmc;
    private static RedfishSettings settings;
    private static IloAccess access;

    @BeforeContainer
    static void read() throws Exception {
        try (ScriptedRedfish older = new ScriptedRedfish()) {
            TREES.add(Fixtures.ilo4Gen9(older).resources());
        }
        bmc = new ScriptedRedfish();
        settings = bmc.settings();
        access = bmc.access();
        TREES.add(Fixtures.parts(Fixtures.ilo5(bmc)).resources());
    }

    @AfterContainer
    static void enough() throws IOException {
        bmc.close();
        assertThat(MUTATED.get()).isGreaterThan(10_000);
    }

    @Property(tries = 6_000)
    void a_mutated_body_gives_a_result_or_a_fault_of_ours(@ForAll long seed) {
        Random random = new Random(seed);
        Map<String, String> tree = TREES.get(random.nextInt(TREES.size()));
        Generation generation = random.nextBoolean() ? Generation.ILO4 : Generation.ILO6;
        Line line = new Line(tree, random);
        try (RedfishConnector connector = new RedfishConnector(line, IloTrace.NONE, settings)) {
            IloClient ilo = connector.connect(access, new Identity(generation, "2.50", Optional.empty()));
            Consumer<IloClient> question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
            assertTimeout(Duration.ofSeconds(5), () -> {
                try {
                    question.accept(ilo);
                } catch (NodeFault e) {
                    assertThat(e.inPlainWords()).startsWith("iLO ").hasSizeLessThan(1000);
                }
            });
        }
        assertThat(line.calls).isLessThan(CALLS);
    }

    /** Answers from a tree in which some bodies are mutated, with a status that is now and then a strange one. */
    private static final class Line implements Turns {
        private final Map<String, String> tree;
        private final Random random;
        private int calls;

        private Line(Map<String, String> tree, Random random) {
            this.tree = tree;
            this.random = random;
        }

        @Override
        public <T> T take(IloAccess to, HttpsExchange.Talk<T> talk) throws IOException {
            return talk.on(this::answer);
        }

        private HttpAnswer answer(HttpCall call) throws IOException {
            if (++calls > CALLS) {
                throw new IOException("too many calls");
            }
            String body = tree.getOrDefault(
                    call.path(), "{\"error\":{\"@Message.ExtendedInfo\":[{\"MessageId\":\"Base.1.4.Success\"}]}}");
            boolean mutate = random.nextBoolean();
            MUTATED.addAndGet(mutate ? 1 : 0);
            byte[] bytes = mutate ? Mutations.of(body, random) : body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int[] statuses = {301, 308, 400, 401, 403, 404, 409, 412, 500, 503};
            int status = random.nextInt(20) == 0 ? statuses[random.nextInt(statuses.length)] : 200;
            Map<String, String> headers = random.nextBoolean()
                    ? Map.of(
                            "x-auth-token",
                            "t",
                            "location",
                            "/redfish/v1/Systems/1/",
                            "etag",
                            "W/\"1\"",
                            "retry-after",
                            "99999")
                    : Map.of("x-auth-token", "t");
            return new HttpAnswer(status, headers, bytes, true);
        }
    }
}
