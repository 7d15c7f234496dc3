package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.ManualClock;
import java.net.URI;
import org.junit.jupiter.api.Test;

class UrlLengthTest {
    private static SignedUrl url(int length) {
        String start = "http://192.0.2.1/";
        return new SignedUrl(URI.create(start + "x".repeat(length - start.length())), ManualClock.START);
    }

    @Test
    void warns_of_urls_that_bmcs_may_refuse() {
        UrlLength length = new UrlLength();
        length.checked(url(120));
        assertThat(length.warned()).isFalse();
        assertThat(length.checked(url(121))).isEqualTo(url(121));
        assertThat(length.warned()).isTrue();
    }
}
