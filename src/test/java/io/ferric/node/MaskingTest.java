package io.ferric.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource({
        "https://u:p@h/x, https://***@h/x",
        "https://h/v1/AUTH_a/c/o?temp_url_sig=0123abcd&temp_url_expires=7, https://h/v1/AUTH_a/c/o?temp_url_sig=***&temp_url_expires=7",
        "http://10.0.0.1:6386/AbCd_fGh-jKl/1a2b3cWXYZ/0123456789abcdefABCD-_.iso, http://10.0.0.1:6386/AbCd_fGh-jKl/1a2b3cWXYZ/***.iso",
        "nothing to hide at /var/lib/ferric/files/deploy.iso, nothing to hide at /var/lib/ferric/files/deploy.iso"
    })
    void hides_users_and_signatures_of_urls(String text, String shown) {
        assertThat(Masking.text(text)).isEqualTo(shown);
    }

    @Test
    void hides_secrets_at_every_depth() {
        Map<String, Object> info = Map.of(
                "ilo_password",
                "p",
                "deploy_key",
                "k",
                "nested",
                Map.of("snmp_auth_prot_password", "q", "plain", "seen"),
                "urls",
                List.of("http://u:p@h/"));

        assertThat(Masking.mask(info))
                .containsEntry("ilo_password", Masking.STARS)
                .containsEntry("deploy_key", Masking.STARS)
                .containsEntry("nested", Map.of("snmp_auth_prot_password", Masking.STARS, "plain", "seen"))
                .containsEntry("urls", List.of("http://***@h/"));
    }

    @Test
    void a_secret_never_prints_itself() {
        assertThat(Secret.of("swordfish")).hasToString("***");
        assertThat(Secret.of("swordfish").matches("swordfish")).isTrue();
        assertThat(Secret.of("swordfish").matches("swordfisH")).isFalse();
        assertThat(new DriverInfo(Map.of("ilo_password", "swordfish")).toString())
                .doesNotContain("swordfish");
    }
}
