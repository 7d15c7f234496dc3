package io.ferric.deploy;

import io.ferric.image.ReadOnlyChannel;
import java.nio.ByteBuffer;

/** The beginning of something larger, to be read as if it were all there: what lies behind it reads as zeros. */
final class HeadChannel extends ReadOnlyChannel {
    private final byte[] head;

    HeadChannel(byte[] head, long size) {
        super(size);
        this.head = head;
    }

    @Override
    public int read(ByteBuffer target) {
        if (position() >= size()) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size() - position());
        int known = (int) Math.max(0, Math.min(count, head.length - position()));
        target.put(head, known == 0 ? 0 : (int) position(), known);
        target.put(new byte[count - known]);
        advance(count);
        return count;
    }
}
