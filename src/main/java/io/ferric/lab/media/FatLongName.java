package io.ferric.lab.media;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Puts a long name together from the slots before its short entry; used only when number and checksum are right. */
final class FatLongName {
    private static final int[] CHARACTERS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    private static final int LAST = 0x40;

    private final StringBuilder name = new StringBuilder();
    private int expected;
    private int checksum;

    void clear() {
        name.setLength(0);
        expected = 0;
    }

    void add(ByteBuffer slot) {
        int order = slot.get(0) & 0xFF;
        if ((order & LAST) != 0) {
            clear();
            checksum = slot.get(13) & 0xFF;
            expected = order & 0x3F;
        } else if (order != expected || checksum != (slot.get(13) & 0xFF)) {
            clear();
            return;
        }
        StringBuilder piece = new StringBuilder();
        for (int at : CHARACTERS) {
            char c = slot.getChar(at);
            if (c == 0) {
                break;
            }
            piece.append(c);
        }
        name.insert(0, piece);
        expected--;
    }

    /** The long name, if it belongs to this short entry. */
    Optional<String> nameFor(ByteBuffer slot) {
        int sum = 0;
        for (int i = 0; i < 11; i++) {
            sum = (((sum & 1) << 7) + (sum >> 1) + (slot.get(i) & 0xFF)) & 0xFF;
        }
        boolean whole = name.length() > 0 && expected == 0 && sum == checksum;
        return whole ? Optional.of(name.toString()) : Optional.empty();
    }
}
