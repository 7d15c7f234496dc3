package io.ferric.lab;

import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** A machine of the lab, pretended or emulated, that sits behind a {@link SimulatedIlo} and does what that says. */
public interface LabServer extends AutoCloseable {
    /** What happened, and waiting for it. */
    Console console();

    /** Where the deploy ramdisk on it can be reached. */
    InetAddress address();

    /** The file behind the disk. */
    Path diskFile();

    /** Takes the power for good and ends all threads and processes; the disk file stays. */
    @Override
    void close() throws IOException;
}
