package io.ferric.ilo.connect;

import static io.ferric.ilo.connect.ScriptedBmc.DATA;
import static io.ferric.ilo.connect.ScriptedBmc.RIBCL;
import static io.ferric.ilo.connect.ScriptedBmc.ROOT;
import static io.ferric.ilo.connect.ScriptedBmc.data;
import static io.ferric.ilo.connect.ScriptedBmc.ribcl;
import static io.ferric.ilo.connect.ScriptedBmc.root;
import static io.ferric.ilo.connect.ScriptedBmc.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.ribcl.RibclConnector;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.node.OperationFailed;
import io.ferric.testkit.ClosedPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DetectorTest {
    private static final String ILO4 = "Integrated Lights-Out 4 (iLO 4)";

    private final List<String> heard = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private ScriptedBmc bmc;
    private Detector detector;

    @BeforeEach
    void start() throws Exception {
        bmc = new ScriptedBmc();
        HttpsExchange https = HttpsExchange.create();
        IloTrace trace = (who, direction, text) -> heard.add(direction + " " + text);
        detector = new Detector(https, new RibclConnector(https, trace), trace);
    }

    @AfterEach
    void stop() throws Exception {
        over.countDown();
        bmc.close();
    }

    @Nested
    class Finds {
        @ParameterizedTest
        @CsvSource({
            "Hp,  iLO 4, 2.70,    ILO4, RIBCL REDFISH",
            "Hp,  iLO 4, 2.20,    ILO4, RIBCL",
            "Hpe, iLO 5, 2.63,    ILO5, RIBCL REDFISH",
            "Hpe, iLO 6, 1.57,    ILO6, REDFISH",
            "Hpe, iLO 7, 1.12.00, ILO7, REDFISH",
            "Hpe, iLO 9, 1.00.00, UNKNOWN, REDFISH"
        })
        void what_its_redfish_root_says(
                String space, String type, String firmware, Generation generation, String protocols) throws Exception {
            bmc.answers(ROOT, root(space, type, firmware, "\"Product\": \"ProLiant DL360 Gen10\","));

            Detected found = detector.detect(bmc.access());

            assertThat(found.identity())
                    .isEqualTo(new Identity(generation, firmware, Optional.of("ProLiant DL360 Gen10")));
            assertThat(found.protocols()).containsExactlyInAnyOrderElementsOf(protocols(protocols));
            assertThat(found.sure()).isTrue();
            assertThat(bmc.requests()).hasSize(1);
        }

        @Test
        void the_model_in_its_anonymous_data() throws Exception {
            bmc.answers(ROOT, root("Hp", "iLO 4", "2.50", ""))
                    .answers(DATA, data(ILO4, "2.50", "ProLiant DL380p Gen8"));

            assertThat(detector.detect(bmc.access()).identity())
                    .hasToString("iLO 4 firmware 2.50 in a ProLiant DL380p Gen8");
        }

        @Test
        void an_ilo_4_whose_root_does_not_say_so() throws Exception {
            bmc.answers(ROOT, "{\"RedfishVersion\": \"1.0.0\", \"Oem\": {\"Hp\": {}}}");

            assertThat(detector.detect(bmc.access()).identity().generation()).isEqualTo(Generation.ILO4);
        }

        @ParameterizedTest
        @CsvSource({
            "Integrated Lights-Out 3 (iLO 3), 1.82, ILO3, RIBCL",
            "Integrated Lights-Out 4 (iLO 4), 1.40, ILO4, RIBCL",
            "Integrated Lights-Out 4 (iLO 4), 2.70, ILO4, RIBCL"
        })
        void what_its_anonymous_data_say(String processor, String firmware, Generation generation, String protocols)
                throws Exception {
            bmc.answers(DATA, data(processor, firmware, "ProLiant DL380p Gen8"));

            Detected found = detector.detect(bmc.access());

            assertThat(found.identity())
                    .isEqualTo(new Identity(generation, firmware, Optional.of("ProLiant DL380p Gen8")));
            assertThat(found.protocols()).containsExactlyInAnyOrderElementsOf(protocols(protocols));
            assertThat(bmc.logins()).isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 503})
        void an_ilo_5_that_cannot_tell_of_redfish_now(int status) throws Exception {
            bmc.answers(ROOT, status, "busy")
                    .answers(DATA, data("Integrated Lights-Out 5 (iLO 5)", "2.63", "ProLiant DL360 Gen10"));

            Detected found = detector.detect(bmc.access());

            assertThat(found.protocols()).containsExactlyInAnyOrder(IloProtocol.RIBCL, IloProtocol.REDFISH);
            assertThat(found.sure()).isFalse();
        }

        @Test
        void an_ilo_that_drops_the_first_question() throws Exception {
            bmc.does(ROOT, (body, out) -> out.close()).answers(DATA, data(ILO4, "2.55", "ProLiant DL360 Gen9"));

            Detected found = detector.detect(bmc.access());

            assertThat(found.protocols()).containsExactlyInAnyOrder(IloProtocol.RIBCL, IloProtocol.REDFISH);
            assertThat(found.sure()).isFalse();
        }

        @Test
        void the_model_by_logging_in_where_nothing_is_told_without() throws Exception {
            bmc.talksRibcl("ProLiant DL380p Gen8", "iLO4", "2.10");

            Detected found = detector.detect(bmc.access());

            assertThat(found.identity()).hasToString("iLO 4 firmware 2.10 in a ProLiant DL380p Gen8");
            assertThat(found.protocols()).containsExactly(IloProtocol.RIBCL);
        }

        @Test
        void nothing_where_only_ribcl_may_be_spoken() throws Exception {
            assertThat(detector.detect(bmc.access().speaking(IloProtocol.RIBCL)).protocols())
                    .containsExactly(IloProtocol.RIBCL);
            assertThat(bmc.requests()).isEmpty();
        }

        @Test
        void a_stranger_where_redfish_is_demanded() throws Exception {
            bmc.answers(ROOT, "{\"RedfishVersion\": \"1.6.0\", \"Vendor\": \"Contoso\"}");

            assertThat(detector.detect(bmc.access().speaking(IloProtocol.REDFISH)))
                    .isEqualTo(new Detected(Identity.UNKNOWN, protocols("REDFISH"), true));
        }
    }

    @Nested
    class Follows {
        @ParameterizedTest
        @ValueSource(ints = {301, 302, 307, 308})
        void redirections_to_the_same_host(int status) throws Exception {
            bmc.answers(ROOT, status, "", "Location: /redfish/v1/?x=1")
                    .answers("/redfish/v1/?x=1", root("Hpe", "iLO 5", "1.15", "\"Product\": \"ProLiant X\","));

            assertThat(detector.detect(bmc.access()).identity().firmware()).isEqualTo("1.15");
        }

        @Test
        void whole_urls_of_the_same_host() throws Exception {
            bmc.answers(ROOT, 308, "", "Location: https://" + bmc.access().authority() + "/there")
                    .answers("/there", root("Hpe", "iLO 5", "1.15", "\"Product\": \"ProLiant X\","));

            assertThat(detector.detect(bmc.access()).identity().generation()).isEqualTo(Generation.ILO5);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://elsewhere.example/redfish/v1/",
                    "http://127.0.0.1/redfish/v1/",
                    "https://127.0.0.1:1/redfish/v1/",
                    "//elsewhere.example/",
                    "mailto:x",
                    "::::"
                })
        void none_to_other_places(String location) throws Exception {
            bmc.answers(ROOT, 302, "", "Location: " + location);

            fails("there is no iLO: asked for Redfish, it sends elsewhere, to " + location);
        }

        @Test
        void no_loop() throws Exception {
            bmc.answers(ROOT, 302, "", "Location: " + ROOT);

            fails("it sends from one place to the next without end");
            assertThat(bmc.count(ROOT)).isEqualTo(5);
        }
    }

    @Nested
    class Refuses {
        @Test
        void a_router() throws Exception {
            String page = "<html><title>Router login</title><form><input name=password></form></html>";
            bmc.answers(ROOT, page).answers(DATA, page).answers(RIBCL, page);

            OperationFailed failure =
                    fails("there is no iLO: asked for Redfish, it answers '<html><title>Router login</title><form>");

            assertThat(failure.hint().orElseThrow()).startsWith("Check ilo_address and client_port.");
            assertThat(bmc.logins()).isZero();
        }

        @Test
        void what_knows_nothing_it_is_asked() throws Exception {
            fails("there is no iLO: asked for Redfish, it answers with HTTP status 404; asked for RIBCL, it answers"
                    + " with HTTP status 404");
            assertThat(bmc.logins()).isZero();
        }

        @Test
        void an_ilo_2() throws Exception {
            bmc.answers(DATA, data("Integrated Lights-Out 2 (iLO 2)", "2.33", "ProLiant DL360 G6"));

            fails("it is an iLO 2 firmware 2.33 in a ProLiant DL360 G6, which is too old");
        }

        @Test
        void a_stranger_that_speaks_redfish() throws Exception {
            bmc.answers(
                    ROOT,
                    "{\"RedfishVersion\": \"1.6.0\", \"Vendor\": \"Contoso\", \"Product\": \"iBMC\", \"Oem\": {}}");

            OperationFailed failure = fails("it speaks Redfish, but is no iLO: Contoso iBMC");

            assertThat(failure.hint().orElseThrow()).contains("set ilo_protocol to redfish");
        }

        @Test
        void an_ilo_6_without_redfish() throws Exception {
            bmc.answers(DATA, data("Integrated Lights-Out 6 (iLO 6)", "1.57", "ProLiant DL380 Gen11"));

            fails("it is an iLO 6 firmware 1.57 in a ProLiant DL380 Gen11, but has no Redfish: it answers with HTTP"
                    + " status 404");
        }

        @Test
        void an_ilo_with_neither_redfish_nor_ribcl() throws Exception {
            bmc.answers(RIBCL, ribcl(0xfe, "RIBCLI is disabled", ""));

            fails("its RIBCL interface is switched off, and asked for Redfish, it answers with HTTP status 404");
            assertThat(bmc.logins()).isZero();
        }

        @Test
        void to_speak_redfish_where_there_is_none() throws Exception {
            bmc.answers(DATA, data(ILO4, "1.40", "ProLiant DL380p Gen8"));

            assertThatThrownBy(() -> detector.detect(bmc.access().speaking(IloProtocol.REDFISH)))
                    .hasMessageEndingWith("it has no Redfish: it answers with HTTP status 404");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{",
                    "{}",
                    "[]",
                    "null",
                    "",
                    "7",
                    "{\"RedfishVersion\":",
                    "{\"RedfishVersion\": 7}",
                    "\u0000\u0001",
                    "{\"Oem\": {\"Hpe\": {}}}"
                })
        void what_is_no_root(String body) throws Exception {
            bmc.answers(ROOT, body);

            fails("there is no iLO");
        }

        @Test
        void json_nested_without_end() throws Exception {
            bmc.answers(ROOT, "[".repeat(500_000));

            fails("there is no iLO");
        }
    }

    @Nested
    class Tells {
        @Test
        void that_the_login_is_wrong_after_one_try() throws Exception {
            bmc.talksRibcl("ProLiant DL380p Gen8", "iLO4", "2.10");

            assertThatThrownBy(() -> detector.detect(bmc.access("wrong")))
                    .hasMessageContaining("reading the product name failed: it rejects the user name or the password");
            assertThat(bmc.logins()).isEqualTo(1);
        }

        @Test
        void that_nobody_listens() throws Exception {
            try (ClosedPort port = new ClosedPort()) {
                IloAccess usual = bmc.access();
                IloAccess closed = new IloAccess(
                        "127.0.0.1", port.number(), usual.username(), usual.password(), usual.timeout(), usual.trust());

                assertThatThrownBy(() -> detector.detect(closed))
                        .hasMessage("iLO " + closed.authority()
                                + ": finding out which iLO it is failed: it refuses the connection");
            }
        }

        @Test
        void the_fingerprint_of_a_certificate_that_is_not_trusted() throws Exception {
            IloAccess usual = bmc.access();
            IloAccess strict = new IloAccess(
                    usual.address(),
                    usual.port(),
                    usual.username(),
                    usual.password(),
                    usual.timeout(),
                    new IloTrust.SystemAuthorities());

            assertThatThrownBy(() -> detector.detect(strict)).hasMessageContaining("is not trusted");
            assertThat(bmc.requests()).isEmpty();
        }

        @Test
        void that_it_is_busy() throws Exception {
            bmc.answers(ROOT, 503, "").answers(DATA, 503, "").answers(RIBCL, 503, "");

            fails("it answers with HTTP status 503");
        }

        @Test
        void that_an_ilo_drips() throws Exception {
            bmc.does(ROOT, (body, out) -> {
                byte[] answer = whole(200, "x".repeat(100_000));
                for (int i = 0; i < answer.length && !over.await(5, TimeUnit.MILLISECONDS); i++) {
                    out.write(answer[i]);
                    out.flush();
                }
            });

            assertThatThrownBy(() -> detector.detect(bmc.access("pretend-9", Duration.ofMillis(500))))
                    .hasMessageEndingWith("finding out which iLO it is failed: no answer within 500 ms");
            assertThat(bmc.requests()).hasSize(1);
        }

        @Test
        void the_trace_what_is_said_without_secrets() throws Exception {
            bmc.talksRibcl("ProLiant DL380p Gen8", "iLO4", "2.10");

            detector.detect(bmc.access());

            assertThat(heard).anyMatch(line -> line.startsWith("TO_ILO GET /redfish/v1/"));
            assertThat(heard).anyMatch(line -> line.startsWith("FROM_ILO 404"));
            assertThat(heard).anyMatch(line -> line.contains("GET_PRODUCT_NAME"));
            assertThat(heard).noneMatch(line -> line.contains("pretend-9") || line.contains("Administrator"));
        }
    }

    private OperationFailed fails(String why) throws Exception {
        OperationFailed failure = catchThrowableOfType(OperationFailed.class, () -> detector.detect(bmc.access()));
        assertThat(failure)
                .hasMessageStartingWith("iLO " + bmc.access().authority() + ": finding out which iLO it is failed: ")
                .hasMessageContaining(why);
        return failure;
    }

    private static Set<IloProtocol> protocols(String names) {
        return Arrays.stream(names.split(" ")).map(IloProtocol::valueOf).collect(Collectors.toSet());
    }
}
