package io.ferric.deploy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * A disk to be written, wherever it is. Writes may be under way when {@link #write} returns and surface in
 * {@link #flush} at the latest. For one thread. {@link #close} lets go of it, always.
 */
public interface Disk extends SeekableByteChannel {
    /** Bytes of one logical block, 512 or 4096; partition tables count in these. */
    int blockSize();

    /** Makes bytes read as zeros, the cheapest way this disk is known to keep its word about. */
    void zero(long position, long length) throws IOException;

    /** Waits until everything is on the disk for good. */
    void flush() throws IOException;
}
