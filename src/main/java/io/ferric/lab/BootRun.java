package io.ferric.lab;

import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.Bay;
import io.ferric.lab.ilo.BootAttempt;
import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.kit.Threads;
import io.ferric.lab.media.Blocks;
import io.ferric.lab.media.DiskLayout;
import io.ferric.lab.media.Filesystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One boot of a simulated server, from the reset vector until it is reset, switched off, or stands still. Runs on one
 * thread; {@link #cancel()} may come from any.
 */
final class BootRun implements Runnable {
    private final Machine machine;
    private final BootAttempt attempt;
    private final Console console;
    private final Deque<Closeable> resources = new ArrayDeque<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private Optional<Thread> runner = Optional.empty();

    BootRun(Machine machine, BootAttempt attempt) {
        this.machine = machine;
        this.attempt = attempt;
        this.console = machine.console();
    }

    @Override
    public void run() {
        synchronized (this) {
            if (isCancelled()) {
                return;
            }
            runner = Optional.of(Thread.currentThread());
        }
        try {
            boot();
        } catch (InterruptedException e) {
            // cancelled: the power went, or the server was reset
        } catch (IOException | RuntimeException e) {
            if (!isCancelled()) {
                console.say(Stage.STOPPED, e.getMessage() == null ? e.toString() : e.getMessage());
            }
        } finally {
            release();
        }
    }

    /** Ends this boot where it stands. */
    void cancel() {
        synchronized (this) {
            cancelled.countDown();
            runner.ifPresent(Thread::interrupt);
        }
        closeResources();
    }

    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Keeps something that must be closed when the boot ends, however it ends. */
    <C extends Closeable> C owned(C resource) throws InterruptedException {
        synchronized (resources) {
            resources.push(resource);
        }
        if (isCancelled()) {
            closeResources();
            throw new InterruptedException("the boot was cancelled");
        }
        return resource;
    }

    void closeResources() {
        while (true) {
            Closeable next;
            synchronized (resources) {
                next = resources.poll();
            }
            if (next == null) {
                return;
            }
            Threads.closeQuietly(next);
        }
    }

    /** Stands still until someone resets the server or takes its power. */
    void standStill() throws InterruptedException {
        cancelled.await();
    }

    private void release() {
        synchronized (this) {
            runner = Optional.empty();
        }
        closeResources();
        Thread.interrupted();
    }

    private void boot() throws IOException, InterruptedException {
        console.say(Stage.STARTED, attempt.cause() + ", " + attempt.mode() + ", boot order " + attempt.order());
        if (cancelled.await(machine.times().selfTest().toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        if (machine.struck(ServerFault.HANGS_AT_BOOT)) {
            return;
        }
        for (BootTarget target : attempt.order()) {
            if (boots(target)) {
                return;
            }
        }
        console.say(Stage.NO_BOOTABLE_DEVICE, "no bootable device");
    }

    /** Whether something started from there, for better or worse. */
    private boolean boots(BootTarget target) throws IOException, InterruptedException {
        if (target == BootTarget.CDROM) {
            Optional<BootDisc.Loaded> loaded = tryDisc();
            if (loaded.isPresent()) {
                start(loaded.get());
            }
            return loaded.isPresent();
        }
        if (target == BootTarget.HDD) {
            return startFromDisk();
        }
        console.note(target + ": nothing to boot");
        return false;
    }

    private boolean startFromDisk() {
        try (FileChannel channel = FileChannel.open(machine.diskFile())) {
            String found = DiskBoot.load(Blocks.of(channel), attempt.mode());
            console.say(Stage.INSTANCE_UP, "instance up from its disk: " + found);
            return true;
        } catch (IOException e) {
            console.note("HDD: " + message(e));
            return false;
        }
    }

    private Optional<BootDisc.Loaded> tryDisc() throws InterruptedException {
        Bay bay = attempt.bays().get(MediaDevice.CDROM);
        if (!bay.connected() || !bay.inserted()) {
            console.note("CDROM: no medium");
            return Optional.empty();
        }
        try {
            BootDisc.Loaded loaded = BootDisc.load(fetch(bay), attempt.mode());
            console.say(
                    Stage.LOADED,
                    "disc \"" + loaded.label() + "\": " + loaded.choice().kernel() + " and "
                            + loaded.choice().ramdisk() + ", " + loaded.bytes() + " bytes"
                            + (loaded.placeholder() ? ", as if there were a boot loader on it" : ""));
            return Optional.of(loaded);
        } catch (IOException e) {
            console.note("CDROM: " + message(e));
            return Optional.empty();
        }
    }

    /** Opens the medium of a drive over the network, as the iLO does for its server. */
    Blocks fetch(Bay bay) throws IOException, InterruptedException {
        return new MediaFetch(machine.ilo(), machine.media()).open(bay);
    }

    private static String message(IOException e) {
        return e.getMessage() == null ? "cannot be read: " + e.getClass().getSimpleName() : e.getMessage();
    }

    private void start(BootDisc.Loaded loaded) throws IOException, InterruptedException {
        boolean deploys = loaded.choice()
                .parameter("boot_method")
                .filter("vmedia"::equals)
                .isPresent();
        if (deploys) {
            new DeployRamdisk(machine, this).run();
        } else {
            startInstance(loaded.choice().parameter("root").orElse(""));
        }
    }

    private void startInstance(String root) throws IOException {
        try (FileChannel channel = FileChannel.open(machine.diskFile())) {
            Blocks disk = Blocks.of(channel);
            if (!root.startsWith("UUID=")) {
                throw new IOException("the kernel has no parameter root=UUID=..., it has root=" + root);
            }
            String uuid = root.substring("UUID=".length());
            DiskLayout layout = DiskLayout.read(disk);
            Optional<Filesystem> whole =
                    Filesystem.probe(disk).filter(fs -> fs.uuid().equalsIgnoreCase(uuid));
            Optional<String> found = layout.withUuid(uuid)
                    .map(part -> "partition " + part.number() + ", "
                            + part.filesystem().orElseThrow().type())
                    .or(() -> whole.map(fs -> "whole disk, " + fs.type()));
            console.say(
                    Stage.INSTANCE_UP,
                    "instance up, root " + uuid + " on "
                            + found.orElseThrow(() ->
                                    new IOException("no file system with UUID " + uuid + " on the disk: " + layout)));
        }
    }
}
