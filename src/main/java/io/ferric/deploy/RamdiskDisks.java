package io.ferric.deploy;

import io.ferric.driver.Task;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disks that ramdisks offer: logged in to for a piece of work, and out again whatever comes of it. */
final class RamdiskDisks {
    private static final Logger LOG = LoggerFactory.getLogger(RamdiskDisks.class);

    private final DiskConnector disks;

    RamdiskDisks(DiskConnector disks) {
        this.disks = disks;
    }

    /** Fails with what the ramdisk says went wrong, for then it offers no disk. */
    static void refuseError(RamdiskCall call) {
        call.error().ifPresent(text -> {
            throw Faults.deploy(
                    "Error returned from deploy ramdisk: " + Faults.foreign(text), "Look at the server's console.");
        });
    }

    <T> T on(Task task, RamdiskCall call, Function<Disk, T> work) {
        task.event("connect", "logging in to " + call.iqn() + " at " + call.address() + " port " + call.port());
        task.ensureHeld(); // whoever logs in ends the session of the one who was here before
        Disk disk = connect(call);
        try {
            return work.apply(disk);
        } finally {
            logOut(disk, call);
        }
    }

    private Disk connect(RamdiskCall call) {
        try {
            return disks.open(call.target());
        } catch (IOException e) {
            throw Faults.deploy(
                    "The ramdisk's disk at " + call.address() + " port " + call.port() + " cannot be opened: "
                            + Faults.words(e),
                    "Look whether the conductor reaches the server's network; then try again.",
                    e);
        }
    }

    /** All has been flushed when the work went well, so that nothing is lost when this fails. */
    private static void logOut(Disk disk, RamdiskCall call) {
        try {
            disk.close();
        } catch (IOException e) {
            LOG.warn("log-out from {} at {} failed: {}", call.iqn(), call.address(), Faults.words(e));
        }
    }
}
