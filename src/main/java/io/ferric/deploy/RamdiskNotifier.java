package io.ferric.deploy;

import java.time.Duration;

/** STUB */
public final class RamdiskNotifier {
    public RamdiskNotifier(RamdiskConfig config) {}

    public RamdiskNotifier(Duration timeout) {}

    /** Tells the ramdisk at the port of the configuration. */
    public void notifyDone(String address) {
        throw new UnsupportedOperationException();
    }

    public void notifyDone(String address, int port) {
        throw new UnsupportedOperationException();
    }
}
