package io.ferric.ilo.ribcl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RibclTroubleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x005F | anything | LOGIN",
                "0x000A | User login name was not found | LOGIN",
                "0x00FE | Login credentials rejected. | LOGIN",
                "0x002E | License key error | LICENSE",
                "0x00FE | This feature needs an iLO Advanced license. | LICENSE",
                "0x0023 | User does NOT have correct privilege for action. RESET_SERVER_PRIV required. | PRIVILEGE",
                "0x003C | Feature not supported - GET_SUPPORTED_BOOT_MODE | UNSUPPORTED",
                "0x0001 | Syntax error: Line #0: syntax error near | UNSUPPORTED",
                "0x0001 | Syntax error: syntax error near GET_ALL_LICENSES | UNSUPPORTED",
                "0x00FE | RIBCLI is disabled. | RIBCL_OFF",
                "0x00FE | Server is currently powered off. | POWERED_OFF",
                "0x0035 | An invalid Virtual Media option was given. | MEDIA_OPTION",
                "0x0004 | Password is too short. | SHORT_PASSWORD",
                "0x0088 | CSR being generated | BUSY",
                "0x1234 | never heard of it | OTHER"
            })
    void knows_errors_by_status_or_by_text(String status, String message, RibclTrouble expected) {
        assertThat(RibclTrouble.of(Integer.decode(status), message)).isEqualTo(expected);
    }

    @Test
    void every_row_means_something() {
        assertThat(RibclTrouble.values())
                .allSatisfy(row -> assertThat(row.meaning()).isNotBlank());
    }
}
