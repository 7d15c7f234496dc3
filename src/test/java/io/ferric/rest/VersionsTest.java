package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.ferric.conductor.Conductor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
    private static final String VERSION = "X-OpenStack-Ironic-API-Version";
    private static final String MIN = "X-OpenStack-Ironic-API-Minimum-Version";
    private static final String MAX = "X-OpenStack-Ironic-API-Maximum-Version";

    private static Served rest;

    @BeforeAll
    static void start() {
        rest = new Served(mock(Conductor.class));
    }

    @AfterAll
    static void stop() {
        rest.close();
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.1", "1.9, 1.9", "1.93, 1.93", "latest, 1.93", "LATEST, 1.93"})
    void serves_every_version_in_between(String asked, String agreed) {
        Served.Answer answer = rest.send(rest.request("/v1").header(VERSION, asked));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header(VERSION)).isEqualTo(agreed);
        assertThat(answer.header(MIN)).isEqualTo("1.1");
        assertThat(answer.header(MAX)).isEqualTo("1.93");
    }

    @Test
    void serves_the_lowest_when_not_told() {
        assertThat(rest.send(rest.request("/v1")).header(VERSION)).isEqualTo("1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.94", "1.115", "2.1", "0.9"})
    void names_the_range_to_a_client_beyond_it(String asked) {
        Served.Answer answer = rest.send(rest.request("/v1/nodes").header(VERSION, asked));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.header(MIN)).isEqualTo("1.1");
        assertThat(answer.header(MAX)).isEqualTo("1.93");
        assertThat(answer.sentence()).contains("1.1 to 1.93");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "1", "1.2.3", "99999.1"})
    void refuses_a_version_that_is_none(String asked) {
        assertThat(rest.send(rest.request("/v1").header(VERSION, asked)).status())
                .isEqualTo(406);
    }

    @Test
    void names_the_range_in_errors_too() {
        assertThat(rest.get("/nothing").header(MAX)).isEqualTo("1.93");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "baremetal 1.31 | 1.31",
                "compute 2.1, baremetal 1.40 | 1.40",
                "baremetal latest | 1.93",
                "compute 2.1 | 1.1"
            })
    void heeds_the_header_that_all_of_openstack_has(String asked, String agreed) {
        Served.Answer answer = rest.send(rest.request("/v1").header("OpenStack-API-Version", asked));

        assertThat(answer.header(VERSION)).isEqualTo(agreed);
        assertThat(answer.header("OpenStack-API-Version")).isEqualTo("baremetal " + agreed);
        assertThat(answer.header("Vary")).contains(VERSION);
    }

    @Test
    void heeds_its_own_header_before_that() {
        Served.Answer answer = rest.send(rest.request("/v1")
                .header("OpenStack-API-Version", "baremetal 1.31")
                .header(VERSION, "1.50"));

        assertThat(answer.header(VERSION)).isEqualTo("1.50");
    }
}
