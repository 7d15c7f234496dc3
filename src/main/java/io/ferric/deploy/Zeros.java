package io.ferric.deploy;

import java.nio.ByteBuffer;

/** Finds out whether bytes are zeros, as fast as the machine compares memory. */
final class Zeros {
    /** The longest run that is compared at once. */
    static final int BLOCK = 64 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    private Zeros() {}

    /** Whether all remaining bytes are zero; the buffer is left as it was. */
    static boolean only(ByteBuffer bytes) {
        for (int at = bytes.position(); at < bytes.limit(); at += BLOCK) {
            int length = Math.min(BLOCK, bytes.limit() - at);
            if (bytes.slice(at, length).mismatch(NOTHING.slice(0, length)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
