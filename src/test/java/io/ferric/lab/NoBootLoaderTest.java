package io.ferric.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoBootLoaderTest {
    @Test
    void survives_a_boot_information_table() {
        byte[] image = NoBootLoader.image();
        Arrays.fill(image, 8, 64, (byte) 0xFF);
        assertThat(NoBootLoader.is(image)).isTrue();
        assertThat(run(image, 0x7C00)).isEqualTo(run(NoBootLoader.image(), 0)).contains("without a boot loader");
    }

    @Test
    void is_not_mistaken_for_another() {
        assertThat(NoBootLoader.is(new byte[2048])).isFalse();
        assertThat(NoBootLoader.is(new byte[4])).isFalse();
        assertThat(NoBootLoader.image()).hasSize(2048);
    }

    /** Runs the code with the few instructions it uses, loaded at {@code origin}, and returns what it printed. */
    private static String run(byte[] image, int origin) {
        StringBuilder screen = new StringBuilder();
        int ip = 0;
        int si = 0;
        int pushed = 0;
        int al = 0;
        int ah = 0;
        boolean zero = false;
        for (int steps = 0; steps < 10_000; steps++) {
            int op = image[ip] & 0xFF;
            switch (op) {
                case 0xEB -> ip += 2 + image[ip + 1];
                case 0x74 -> ip += zero ? 2 + image[ip + 1] : 2;
                case 0xFA, 0xFC, 0x0E, 0x1F -> ip++;
                case 0xE8 -> {
                    pushed = origin + ip + 3;
                    ip += 3 + (image[ip + 1] & 0xFF) + (image[ip + 2] << 8);
                }
                case 0x5E -> {
                    si = pushed;
                    ip++;
                }
                case 0x83 -> {
                    assertThat(image[ip + 1] & 0xFF).isEqualTo(0xC6);
                    si += image[ip + 2];
                    ip += 3;
                }
                case 0xAC -> {
                    al = image[si++ - origin] & 0xFF;
                    ip++;
                }
                case 0x84 -> {
                    zero = al == 0;
                    ip += 2;
                }
                case 0xB4 -> {
                    ah = image[ip + 1];
                    ip += 2;
                }
                case 0xBB -> ip += 3;
                case 0xCD -> {
                    assertThat(image[ip + 1]).isEqualTo((byte) 0x10);
                    assertThat(ah).isEqualTo(0x0E);
                    screen.append((char) al);
                    ip += 2;
                }
                case 0xF4 -> {
                    assertThat(image[ip + 1] & 0xFF).isEqualTo(0xEB);
                    assertThat(image[ip + 2]).isEqualTo((byte) -3);
                    return screen.toString();
                }
                default -> throw new AssertionError("instruction %02x at %02x".formatted(op, ip));
            }
        }
        throw new AssertionError(
                "never halts; printed " + screen.toString().getBytes(StandardCharsets.US_ASCII).length);
    }
}
