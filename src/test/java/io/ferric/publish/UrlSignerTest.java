package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.publish.UrlSigner.Ticket;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class UrlSignerTest {
    private static final Instant EXPIRES = Instant.parse("2026-11-22T12:10:00Z");
    private final UrlSigner signer = new UrlSigner(new byte[32], new SecureRandom());

    @Property
    void accepts_its_own_paths_for_any_name_and_time(
            @ForAll @StringLength(min = 1, max = 128) @CharRange(from = 'a', to = 'z') String name,
            @ForAll @LongRange(max = 100_000_000_000L) long seconds) {
        Instant expires = Instant.ofEpochSecond(seconds);
        Ticket ticket = signer.check(signer.path(name + ".iso", expires)).orElseThrow();
        assertThat(ticket.genuine()).isTrue();
        assertThat(ticket.expires()).isEqualTo(expires);
        assertThat(ticket.id()).isEqualTo(signer.id(name + ".iso"));
    }

    @Property(tries = 3000)
    void accepts_no_path_changed_in_any_character(@ForAll @IntRange(max = 200) int at, @ForAll char other) {
        String path = signer.path("image-1.img", EXPIRES);
        int index = at % path.length();
        String changed = path.substring(0, index) + other + path.substring(index + 1);
        if (!changed.equals(path)) {
            assertThat(signer.check(changed).filter(Ticket::genuine)).isEmpty();
        }
    }

    @Test
    void accepts_neither_more_nor_less() {
        String path = signer.path("image-1.img", EXPIRES);
        for (String changed : new String[] {path + "x", path + "/", "/" + path, path.substring(1), path + "?a=b", ""}) {
            assertThat(signer.check(changed).filter(Ticket::genuine))
                    .as(changed)
                    .isEmpty();
        }
        assertThat(signer.check(path.replace(".img", ".iso")).map(Ticket::genuine))
                .contains(false);
        assertThat(signer.check(path.replace(".img", "")).map(Ticket::genuine)).contains(false);
    }

    @Test
    void does_not_accept_the_paths_of_another_key() {
        byte[] key = new byte[32];
        key[31] = 1;
        UrlSigner other = new UrlSigner(key, new SecureRandom());
        Optional<Ticket> ticket = signer.check(other.path("image-1.img", EXPIRES));
        assertThat(ticket.map(Ticket::genuine)).contains(false);
        assertThat(other.id("image-1.img")).isNotEqualTo(signer.id("image-1.img"));
    }
}
