package io.ferric.deploy;

import java.time.Duration;

/**
 * How images are fetched over HTTP. Immutable.
 *
 * @param connectTimeout the longest time until a connection stands
 * @param readTimeout the longest time until an answer begins, and between any two pieces of it
 * @param maxRedirects how often an answer may point elsewhere; never from https to http
 */
public record HttpImageConfig(Duration connectTimeout, Duration readTimeout, int maxRedirects) {
    public static HttpImageConfig defaults() {
        return new HttpImageConfig(Duration.ofSeconds(10), Duration.ofSeconds(60), 5);
    }
}
