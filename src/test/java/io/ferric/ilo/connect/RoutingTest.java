package io.ferric.ilo.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.ferric.ilo.client.Answer;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.connect.Route.Subject;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.Secret;
import io.ferric.testkit.ManualClock;
import java.lang.reflect.Method;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoutingTest {
    private static final Set<IloProtocol> BOTH = EnumSet.allOf(IloProtocol.class);

    private final IloAccess access =
            new IloAccess("h", 443, "u", Secret.of("p"), Duration.ofSeconds(5), new IloTrust.Off());
    private final ManualClock clock = new ManualClock();
    private final AtomicInteger detections = new AtomicInteger();
    private final IloClient redfish = mock(IloClient.class);
    private final IloClient ribcl = mock(IloClient.class);
    private Detected present = ilo(Generation.ILO5, "2.63", "ProLiant DL360 Gen10", BOTH);
    private IloClient ilo;

    @BeforeEach
    void connect() {
        KnownIlos ilos = new KnownIlos(
                each -> {
                    detections.incrementAndGet();
                    return present;
                },
                clock);
        lenient().when(redfish.power()).thenReturn(PowerState.ON);
        lenient().when(ribcl.power()).thenReturn(PowerState.OFF);
        ilo = new RoutedClient(
                new Routing(access, ilos, (protocol, detected) -> protocol == IloProtocol.REDFISH ? redfish : ribcl));
    }

    @ParameterizedTest
    @CsvSource({
        "ILO3, 1.82,    ProLiant DL380 G7,    POWER,           RIBCL",
        "ILO4, 2.30,    ProLiant DL380p Gen8, POWER,           RIBCL REDFISH",
        "ILO4, 2.30,    ProLiant DL380p Gen8, BOOT_MODE,       RIBCL REDFISH",
        "ILO4, 2.30,    ProLiant DL380p Gen8, MEDIA,           RIBCL REDFISH",
        "ILO4, 2.50,    ProLiant DL360 Gen9,  POWER,           REDFISH RIBCL",
        "ILO4, 2.50,    ProLiant DL360 Gen9,  MEDIA,           REDFISH RIBCL",
        "ILO4, 2.50,    ProLiant DL360 Gen9,  ONE_TIME_BOOT,   REDFISH RIBCL",
        "ILO4, 2.50,    ProLiant DL360 Gen9,  BOOT_MODE,       REDFISH RIBCL",
        "ILO4, 2.50,    ProLiant DL360 Gen9,  PERSISTENT_BOOT, RIBCL REDFISH",
        "ILO4, 2.50,    ProLiant DL360 Gen9,  INVENTORY,       RIBCL REDFISH",
        "ILO5, 2.63,    ProLiant DL360 Gen10, PERSISTENT_BOOT, REDFISH RIBCL",
        "ILO5, 2.63,    ProLiant DL360 Gen10, INVENTORY,       REDFISH RIBCL",
        "ILO7, 1.12.00, ProLiant DL360 Gen12, POWER,           REDFISH"
    })
    void each_ilo_is_asked_as_suits_it(
            Generation generation, String firmware, String model, Subject subject, String order) {
        List<IloProtocol> protocols =
                Stream.of(order.split(" ")).map(IloProtocol::valueOf).toList();
        Detected who = ilo(generation, firmware, model, Set.copyOf(protocols));

        assertThat(Route.order(who, subject)).isEqualTo(protocols);
    }

    static Stream<Method> methods() {
        return Arrays.stream(IloClient.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .filter(method -> !Set.of("ask", "protocol").contains(method.getName()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void every_question_is_passed_on(Method method) throws Exception {
        lenient().when(redfish.firmware()).thenReturn(new Firmware("2.63", "iLO 5"));
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(RoutingTest::example)
                .toArray();

        method.invoke(ilo, arguments);

        method.invoke(verify(redfish), arguments);
        verifyNoInteractions(ribcl);
    }

    @Test
    void the_answer_tells_the_protocol_that_gave_it() {
        assertThat(ilo.ask(IloClient::power)).isEqualTo(new Answer<>(PowerState.ON, IloProtocol.REDFISH));

        refuses(redfish);

        assertThat(ilo.ask(IloClient::power)).isEqualTo(new Answer<>(PowerState.OFF, IloProtocol.RIBCL));
    }

    @Test
    void all_about_one_thing_goes_the_way_that_worked() {
        doThrow(refusal("Redfish")).when(redfish).insertMedia(any(), any());

        ilo.insertMedia(MediaDrive.CDROM, URI.create("http://h/a.iso"));
        ilo.connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);

        verify(ribcl).connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
        verify(redfish, never()).connectMedia(any(), any());
        assertThat(ilo.ask(IloClient::power).protocol()).isEqualTo(IloProtocol.REDFISH);
    }

    @Test
    void a_rejected_login_is_tried_once() {
        OperationFailed rejected =
                new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "rejected", "", new LoginRejected("no"));
        when(redfish.power()).thenThrow(rejected);

        assertThatThrownBy(ilo::power).isSameAs(rejected);

        verify(redfish, times(1)).power();
        verifyNoInteractions(ribcl);
        assertThat(detections).hasValue(1);
    }

    @Test
    void what_may_have_been_obeyed_is_not_said_twice() {
        doThrow(new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "cut", "", new SocketException("reset")))
                .when(redfish)
                .reset();

        assertThatThrownBy(ilo::reset).hasMessage("cut");

        verify(redfish, times(1)).reset();
        verifyNoInteractions(ribcl);
    }

    @Test
    void when_neither_does_it_both_are_heard() {
        refuses(redfish);
        when(ribcl.power()).thenThrow(refusal("RIBCL"));

        assertThatThrownBy(ilo::power)
                .hasMessage("iLO h:443 (Redfish): reading the power state failed: not known to Redfish;"
                        + " by RIBCL neither: not known to RIBCL")
                .satisfies(failure ->
                        assertThat(NotOffered.caused((OperationFailed) failure)).isTrue());
    }

    @Test
    void an_ilo_that_has_changed_is_found_out_anew() {
        present = ilo(Generation.ILO4, "2.10", "ProLiant DL360 Gen9", Set.of(IloProtocol.RIBCL));
        when(ribcl.power()).thenThrow(refusal("RIBCL"));
        ilo.productName();
        clock.advance(Duration.ofMinutes(2));
        present = ilo(Generation.ILO4, "2.70", "ProLiant DL360 Gen9", BOTH);

        assertThat(ilo.power()).isEqualTo(PowerState.ON);

        assertThat(detections).hasValue(2);
    }

    @Test
    void an_ilo_that_has_not_changed_is_looked_at_once_a_minute_at_most() {
        refuses(redfish);
        when(ribcl.power()).thenThrow(refusal("RIBCL"));
        ilo.productName();
        clock.advance(Duration.ofMinutes(2));

        assertThatThrownBy(ilo::power).hasMessageContaining("neither");
        assertThatThrownBy(ilo::power).hasMessageContaining("neither");

        assertThat(detections).hasValue(2);
    }

    @Test
    void a_new_firmware_has_it_found_out_anew() {
        when(redfish.firmware()).thenReturn(new Firmware("2.63", "iLO 5"), new Firmware("2.70", "iLO 5"));

        ilo.firmware();
        ilo.firmware();
        assertThat(detections).hasValue(1);
        ilo.power();

        assertThat(detections).hasValue(2);
    }

    @Test
    void an_ilo_that_restarts_is_found_out_anew() {
        ilo.resetIlo();
        ilo.power();

        assertThat(detections).hasValue(2);
    }

    @Test
    void tells_the_protocol_it_would_try_first() {
        assertThat(ilo.protocol()).isEqualTo(IloProtocol.REDFISH);
    }

    private void refuses(IloClient client) {
        when(client.power()).thenThrow(refusal("Redfish"));
    }

    private static OperationFailed refusal(String protocol) {
        return NotOffered.fault(
                "iLO h:443 (" + protocol + "): reading the power state failed: not known to " + protocol, "", null);
    }

    private static Object example(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type == URI.class ? URI.create("http://h/x") : List.of();
    }

    private static Detected ilo(Generation generation, String firmware, String model, Set<IloProtocol> protocols) {
        return new Detected(new Identity(generation, firmware, Optional.of(model)), protocols, true);
    }
}
