package io.ferric.publish.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** One TCP connection, in the clear or under TLS. No method waits. Confined to one thread. */
interface Wire extends Closeable {
    /** Reads what is there: the number of octets, 0 for none now, -1 for none ever again. */
    int read(ByteBuffer to) throws IOException;

    /** Takes octets to send, as many as fit. */
    void write(ByteBuffer from) throws IOException;

    /** Takes octets of a file to send, as many as fit; returns how many. */
    long write(FileChannel file, long position, long count) throws IOException;

    /** Pushes out what was taken; true when nothing is left. */
    boolean flush() throws IOException;

    /** Says that nothing more will be sent. */
    void shutdownOutput() throws IOException;

    /** Octets read from and written to the network so far. */
    long moved();
}
