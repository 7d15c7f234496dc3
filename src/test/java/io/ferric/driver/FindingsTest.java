package io.ferric.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingsTest {
    @Test
    void what_two_interfaces_find_is_told_once_and_in_the_order_found() {
        Findings findings = new Findings();
        findings.missing("driver_info/b", "Give it.");
        findings.invalid("driver_info/a", "is wrong.");
        findings.missing("driver_info/b", "Give it.");
        assertThat(findings.text()).isEqualTo("'driver_info/b' is missing. Give it. 'driver_info/a' is wrong.");
    }
}
