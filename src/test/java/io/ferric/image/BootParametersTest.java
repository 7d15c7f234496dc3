package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootParametersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "iqn.2008-10.org.openstack:1be26c0b-03f2-4d2e-ae87-c02d7f33c123",
                "http://[fd00::1]:6385",
                "cciss/c0d0,sda,hda,vda",
                "aa:bb:cc:dd:ee:ff",
                "size=10,wwn=0x4000"
            })
    void accepts_what_a_deploy_needs(String value) {
        assertThatCode(() -> BootParameters.requireSafe(Map.of("key", value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "\t", "\n", "\r", "\0", "\u001b", "\u00a0", "\u2028", "\"", "'", "`", "$", ";", "|", "&"})
    void refuses_white_space_control_and_shell_characters(String bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootParameters.requireSafe(Map.of("deployment_key", "SECRET" + bad + "x")))
                .withMessageContaining("deployment_key")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", ">", "(", ")", "{", "}", "*", "?", "~", "#", "!", "^", "\\", "é"})
    void refuses_whatever_else_a_shell_could_read(String bad) {
        assertThatIllegalArgumentException().isThrownBy(() -> BootParameters.requireSafe(Map.of("key", bad)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "1a", "a=b", "a\n", "$a", "-a"})
    void refuses_odd_keys(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootParameters.requireSafe(Map.of(key, "value")))
                .withMessageContaining("boot parameter name");
    }

    @Test
    void is_checked_when_a_floppy_is_described() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VfatImage.labelled("x").parameters(Map.of("a", "b c")))
                .withMessageContaining("'a' holds a blank");
    }
}
