package io.ferric.lab.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.lab.ilo.IloEvent.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedIloProfilesTest {
    private static String ask(SimulatedIlo ilo, String block, String mode, String command) throws IOException {
        return new RawTls(ilo).command(block, mode, command);
    }

    @ParameterizedTest
    @CsvSource({
        "ILO3_G7, <NIC_INFOMATION>, <MEMORY_COMPONENTS>",
        "ILO4_GEN8, <NIC_INFORMATION>, <MEMORY_DETAILS_SUMMARY>",
        "ILO5, <NIC_INFORMATION>, <MEMORY_DETAILS_SUMMARY>"
    })
    void shows_health_in_the_layout_of_its_time(IloProfile profile, String nics, String memory) throws Exception {
        try (SimulatedIlo ilo = SimulatedIlo.builder().profile(profile).start()) {
            assertThat(ask(ilo, "SERVER_INFO", "read", "<GET_EMBEDDED_HEALTH/>"))
                    .contains(nics, memory);
        }
    }

    @ParameterizedTest
    @CsvSource({"ILO3_G7, 0x003C", "ILO4_GEN8, 0x003C", "ILO4_GEN9, LEGACY_UEFI", "ILO6, RIBCLI is disabled"})
    void tells_its_boot_modes_if_it_has_any(IloProfile profile, String answer) throws Exception {
        try (SimulatedIlo ilo = SimulatedIlo.builder().profile(profile).start()) {
            assertThat(ask(ilo, "SERVER_INFO", "read", "<GET_SUPPORTED_BOOT_MODE/>"))
                    .contains(answer);
        }
    }

    @Test
    void of_the_seventh_generation_knows_neither_ribcl_nor_anonymous_data() throws Exception {
        try (SimulatedIlo ilo = SimulatedIlo.builder().profile(IloProfile.ILO7).start()) {
            RawTls client = new RawTls(ilo);
            assertThat(client.post("<RIBCL VERSION=\"2.0\"></RIBCL>")).startsWith("HTTP/1.1 404 ");
            assertThat(client.exchange("GET /xmldata?item=All HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void takes_a_licence_at_run_time_and_refuses_a_wrong_key() throws Exception {
        try (SimulatedIlo ilo = SimulatedIlo.builder().license("iLO 4 Standard").start()) {
            assertThat(ask(ilo, "RIB_INFO", "write", "<LICENSE><ACTIVATE KEY=\"x\"/></LICENSE>"))
                    .contains("0x002E", "License key error");
            ask(ilo, "RIB_INFO", "write", "<LICENSE><ACTIVATE KEY=\"ABCDE12345ABCDE12345ABCDE\"/></LICENSE>");
            assertThat(ilo.state().mediaLicensed()).isTrue();
            assertThat(ilo.events(Kind.LICENSE)).containsExactly("iLO 4 Advanced");
        }
    }

    @Test
    void is_gone_for_a_moment_when_it_restarts_itself() throws Exception {
        try (SimulatedIlo ilo = SimulatedIlo.builder().start()) {
            ask(ilo, "RIB_INFO", "write", "<RESET_RIB/>");
            assertThatThrownBy(() -> ask(ilo, "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>"))
                    .isInstanceOfAny(IOException.class, StringIndexOutOfBoundsException.class);
        }
    }

    @Test
    void a_new_password_is_the_one_that_counts() throws Exception {
        try (SimulatedIlo ilo = SimulatedIlo.builder().start()) {
            String change = "<MOD_USER USER_LOGIN=\"Administrator\"><PASSWORD VALUE=\"another-one\"/></MOD_USER>";
            assertThat(ask(ilo, "USER_INFO", "write", change)).doesNotContain("STATUS=\"0x00FE\"");
            assertThat(ask(ilo, "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>")).contains("0x005F");
        }
    }

    @Test
    void a_user_without_the_privilege_is_told_which_one() throws Exception {
        IloUser guest = new IloUser(SimulatedIlo.DEFAULT_USER, SimulatedIlo.DEFAULT_PASSWORD, Set.of());
        try (SimulatedIlo ilo = SimulatedIlo.builder().users(List.of(guest)).start()) {
            assertThat(ask(ilo, "USER_INFO", "write", "<DELETE_USER USER_LOGIN=\"x\"/>"))
                    .contains("0x0023", "ADMIN_PRIV required");
        }
    }

    @Test
    void a_thousand_share_a_few_threads() throws Exception {
        long before = threads();
        try (IloFarm farm = IloFarm.start(1000, i -> SimulatedIlo.builder().serial("CZ%08d".formatted(i)))) {
            assertThat(threads() - before).isLessThan(10);
            assertThat(farm.ilos().stream().map(SimulatedIlo::address).collect(Collectors.toSet()))
                    .hasSize(1000);
            assertThat(farm.ilos().stream()
                            .map(ilo -> ilo.state().hardware().nics().get(0).mac())
                            .collect(Collectors.toSet()))
                    .hasSizeGreaterThan(980);
            assertThat(ask(farm.ilos().get(999), "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>"))
                    .contains("ProLiant");
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ilo-"))
                .count();
    }

    @Test
    void drips_so_slowly_that_a_deadline_is_needed() throws Exception {
        try (SimulatedIlo ilo =
                SimulatedIlo.builder().drip(Duration.ofMillis(1)).start()) {
            ilo.faults().inject(IloFault.SLOW_DRIP, 1);
            assertThat(ask(ilo, "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>")).contains("ProLiant");
            assertThat(ilo.events(Kind.FAULT)).containsExactly("SLOW_DRIP");
        }
    }
}
