package io.ferric.lab.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Power;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IloScriptTest {
    private SimulatedIlo ilo;
    private RawTls client;

    @BeforeEach
    void start() throws Exception {
        ilo = SimulatedIlo.builder().powerDelays(Duration.ZERO, Duration.ZERO).start();
        client = new RawTls(ilo);
    }

    @AfterEach
    void stop() {
        ilo.close();
    }

    @Test
    void acts_at_the_start_and_later_and_at_each_boot() throws Exception {
        ilo.run(IloScript.parse(
                List.of("# a server that does not stay on", "", "power on", "at-boot power-off  # at once")));

        await().until(() -> ilo.events(Kind.POWERED_OFF).size() == 1);
        ilo.run(IloScript.parse(List.of("after 1ms light blink", "license iLO 4 Standard", "hold cdrom")));
        await().until(() -> ilo.state().light() == IloState.Light.BLINKING);
        await().until(() -> ilo.state().bay(MediaDevice.CDROM).heldByConsole());
        assertThat(ilo.state().license()).isEqualTo("iLO 4 Standard");
    }

    @Test
    void a_fault_on_a_command_strikes_that_command() throws Exception {
        ilo.run(IloScript.parse(List.of("on INSERT_VIRTUAL_MEDIA fault INSERT_FAILS 1")));
        String insert = "<INSERT_VIRTUAL_MEDIA DEVICE=\"CDROM\" IMAGE_URL=\"http://10.0.0.1/a.iso\"/>";

        assertThat(client.command("RIB_INFO", "write", insert)).contains("could not be inserted");
        assertThat(ilo.events(Kind.FAULT)).containsExactly("INSERT_FAILS");
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isFalse();
    }

    @Test
    void a_self_test_keeps_the_server_from_booting_until_it_is_over() throws Exception {
        ilo.run(IloScript.parse(List.of("post 1m", "power on")));

        await().until(() -> ilo.state().power() == Power.ON);
        await().until(() -> ilo.state().post() == IloState.Post.IN_POST);
        assertThat(ilo.events(Kind.BOOTED)).isEmpty();

        ilo.state().postDuration(Duration.ZERO);
        ilo.state().reset("test");
        await().until(() -> ilo.state().post() == IloState.Post.FINISHED);
        assertThat(ilo.events(Kind.BOOTED)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "after 5 fault SLOW | line 2: '5' is no time; write 500ms, 5s or 2m",
                "after 5s | line 2: an action is missing at the end",
                "explode | line 2: 'explode' is no action; there are fault, clear, power",
                "fault NOPE | line 2: there is no fault 'NOPE'; known are GARBAGE_ANSWER",
                "fault SLOW often | line 2: 'often' is not how often a fault strikes",
                "fault SLOW 0 | line 2: '0' is not how often a fault strikes",
                "power sideways | line 2: 'sideways' is not what to do with the power; write one of on, off",
                "power on now | line 2: 'now' is one word too many",
                "hold tape | line 2: 'tape' is not a drive; write one of floppy, cdrom",
            })
    void names_the_line_and_what_is_wrong_with_it(String line, String message) {
        assertThatThrownBy(() -> IloScript.parse(List.of("power on", line)))
                .isInstanceOf(IloScriptException.class)
                .hasMessageStartingWith(message);
    }
}
