package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PiecesTest {
    private final Pieces.Spare spare = new Pieces.Spare(3);

    @Property(tries = 100)
    void gives_back_what_was_written(@ForAll long seed, @ForAll @IntRange(max = 300_000) int size) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Pieces pieces = new Pieces(spare); // dirty from the try before
        for (int done = 0; done < size; ) {
            int part = Math.min(size - done, 1 + random.nextInt(random.nextBoolean() ? 10 : 100_000));
            if (part == 1) {
                pieces.write(bytes[done]);
            } else {
                pieces.write(bytes, done, part);
            }
            done += part;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pieces.writeTo(out);
        pieces.giveBack();
        assertThat(pieces.length()).isEqualTo(size);
        assertThat(Arrays.equals(out.toByteArray(), bytes)).isTrue();
    }
}
