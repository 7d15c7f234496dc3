package io.ferric.lab.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Finds the Rock Ridge name (NM) in the system use area of a directory record, over continuations (CE). */
final class RockRidge {
    private static final int MAX_CONTINUATIONS = 16;

    private RockRidge() {}

    static Optional<String> name(Blocks medium, ByteBuffer entry, int start) throws IOException {
        StringBuilder name = new StringBuilder();
        ByteBuffer area = start < entry.limit() ? entry.slice(start, entry.limit() - start) : ByteBuffer.allocate(0);
        for (int i = 0; i < MAX_CONTINUATIONS; i++) {
            Optional<ByteBuffer> continuation = scan(medium, area, name);
            if (continuation.isEmpty()) {
                return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
            }
            area = continuation.get();
        }
        throw new MediaException("too many continuations of a system use area");
    }

    /** Appends the names of one area; returns the area that continues it. */
    private static Optional<ByteBuffer> scan(Blocks medium, ByteBuffer slice, StringBuilder name) throws IOException {
        ByteBuffer area = slice.order(ByteOrder.LITTLE_ENDIAN);
        Optional<ByteBuffer> continuation = Optional.empty();
        for (int at = 0; at + 4 <= area.limit(); ) {
            String signature = IsoReader.text(area, at, 2);
            int length = area.get(at + 2) & 0xFF;
            if (length < 4 || at + length > area.limit() || signature.equals("ST")) {
                break;
            }
            if (signature.equals("NM") && length > 5 && (area.get(at + 4) & 0x06) == 0) {
                name.append(IsoReader.text(area, at + 5, length - 5));
            } else if (signature.equals("CE") && length >= 28) {
                long position = (area.getInt(at + 4) & 0xFFFFFFFFL) * IsoReader.SECTOR + area.getInt(at + 12);
                continuation =
                        Optional.of(medium.at(position, Math.min(area.getInt(at + 20) & 0xFFFF, IsoReader.SECTOR)));
            }
            at += length;
        }
        return continuation;
    }
}
