package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://10.0.0.1:8089/a/b/boot.iso                                | http://10.0.0.1:8089/.../boot.iso",
                "http://10.0.0.1/iso-00660e35-00de-423f-a618-e09b9a20058b.iso     | http://10.0.0.1/.../iso-00660e35-00de-423f-a618-e09b9a20058b.iso",
                "http://10.0.0.1:8089/m/Zm9vYmFyYmF6/tbq1kx4Ab/PtNeKJVCO98G5q60wu-CW6.img | http://10.0.0.1:8089/.../***.img",
                "http://10.0.0.1:8089/m/Zm9vYmFyYmF6/tbq1kx4Ab/PtNeKJVCO98G5q60wu-CW6 | http://10.0.0.1:8089/.../***",
                "http://me:secret@10.0.0.1/x/boot.iso?temp_url_sig=abc            | http://10.0.0.1/.../boot.iso",
                "not a url                                                        | (a URL)"
            })
    void shows_host_and_file_but_nothing_that_opens_it(String url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown);
    }
}
