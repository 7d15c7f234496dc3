package io.ferric.lab;

import io.ferric.lab.Machine.Endpoint;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.BootAttempt;
import io.ferric.lab.ilo.PowerHook;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.lab.iscsi.SparseDisk;
import io.ferric.lab.kit.Faults;
import io.ferric.lab.kit.Threads;
import io.ferric.lab.kit.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine behind a {@link SimulatedIlo}, which does only what a real one could.
 *
 * <p>At power-on, and after each reset, it goes through the boot order. A disc in the virtual CD-ROM drive it fetches by
 * the URL that was inserted, and reads as its firmware does, and isolinux after a BIOS or GRUB after UEFI; its own
 * disk it boots if there is boot code in the MBR, or for UEFI a boot program in an EFI system partition. A kernel
 * told {@code boot_method=vmedia} is the deploy ramdisk: it takes its orders from the virtual floppy, exports the
 * disk by iSCSI, POSTs {@code pass_deploy_info}, waits for {@code done} on the notify port, and resets. Any other
 * kernel is an instance, which comes up only if a file system with the UUID that it was given is on the disk.
 *
 * <p>The disk is a sparse file that outlives the server. Thread-safe; {@link #close()} ends all its threads. Several
 * servers share a host by an {@link Builder#address} each, such as 127.0.0.2 and 127.0.0.3.
 */
public final class SimulatedServer implements LabServer {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedServer.class);

    private final Machine machine;
    private final ExecutorService thread;
    private Optional<BootRun> current = Optional.empty();

    private SimulatedServer(Builder settings) throws IOException {
        Console console = new Console(settings.clock, settings.listener);
        Endpoint endpoint = new Endpoint(
                settings.address,
                concrete(settings.address, settings.iscsiPort),
                concrete(settings.address, settings.notifyPort));
        machine = new Machine(
                settings.ilo,
                settings.diskFile,
                SparseDisk.open(settings.diskFile, settings.diskSize),
                endpoint,
                MediaFetch.client(settings.mediaTrust),
                MediaFetch.client(settings.networkTrust),
                settings.times,
                new Faults<>(ServerFault.class),
                console);
        thread = Executors.newSingleThreadExecutor(
                Threads.daemons("server-" + endpoint.address().getHostAddress()));
        settings.ilo.state().attach(new Power());
    }

    /** A server behind this iLO, with a disk of {@code diskSize} bytes in this file. */
    public static Builder behind(SimulatedIlo ilo, Path diskFile, long diskSize) {
        return new Builder(ilo, diskFile, diskSize);
    }

    @Override
    public Console console() {
        return machine.console();
    }

    /** The faults waiting to happen; add some at any time. */
    public Faults<ServerFault> faults() {
        return machine.faults();
    }

    /** The address that it reports to the conductor. */
    @Override
    public InetAddress address() {
        return machine.endpoint().address();
    }

    /** The port on which the deploy ramdisk exports the disk. */
    public int iscsiPort() {
        return machine.endpoint().iscsiPort();
    }

    /** The port on which the deploy ramdisk waits for {@code done}. */
    public int notifyPort() {
        return machine.endpoint().notifyPort();
    }

    @Override
    public Path diskFile() {
        return machine.diskFile();
    }

    @Override
    public void close() throws IOException {
        machine.ilo().state().attach(PowerHook.NONE);
        cancelCurrent();
        Threads.end(thread);
        machine.disk().close();
        end(machine.media());
        end(machine.network());
    }

    /** From Java 21 on a client can be closed; before, its one thread ends once nobody holds it any more. */
    private static void end(Object client) {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.debug("close failed: {}", e.toString());
            }
        }
    }

    private synchronized void start(BootAttempt attempt) {
        cancelCurrent();
        BootRun run = new BootRun(machine, attempt);
        current = Optional.of(run);
        try {
            thread.execute(run);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    private synchronized void cancelCurrent() {
        current.ifPresent(BootRun::cancel);
        current = Optional.empty();
    }

    private static int concrete(InetAddress address, int port) throws IOException {
        if (port != 0) {
            return port;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, 0));
            return probe.getLocalPort();
        }
    }

    private final class Power implements PowerHook {
        @Override
        public void booting(BootAttempt boot) {
            start(boot);
        }

        @Override
        public void poweredOff() {
            cancelCurrent();
            console().say(Stage.POWERED_OFF, "power off");
        }

        @Override
        public void powerButtonPressed() {
            boolean instanceRuns = console().lines().stream()
                    .filter(line -> line.stage() == Stage.STARTED || line.stage() == Stage.INSTANCE_UP)
                    .reduce((first, second) -> second)
                    .filter(line -> line.stage() == Stage.INSTANCE_UP)
                    .isPresent();
            boolean heeded = instanceRuns && !machine.faults().strikes(ServerFault.IGNORES_POWER_BUTTON);
            console().note("power button pressed" + (heeded ? ": shutting down" : ": nobody cares"));
            if (heeded) {
                machine.ilo().state().hostPowerOff();
            }
        }
    }

    /** Settings of a {@link SimulatedServer}. */
    public static final class Builder {
        private final SimulatedIlo ilo;
        private final Path diskFile;
        private final long diskSize;
        private InetAddress address = InetAddress.getLoopbackAddress();
        private int iscsiPort = 3260;
        private int notifyPort = 10000;
        private SSLContext mediaTrust = Trust.verified();
        private SSLContext networkTrust = Trust.verified();
        private ServerTimes times = ServerTimes.defaults();
        private Consumer<ServerEvent> listener = event -> {};
        private Clock clock = Clock.systemUTC();

        private Builder(SimulatedIlo ilo, Path diskFile, long diskSize) {
            this.ilo = ilo;
            this.diskFile = diskFile;
            this.diskSize = diskSize;
        }

        /** The server's own address, on which the deploy ramdisk listens and which it reports; 127.0.0.1 by default. */
        public Builder address(InetAddress own) {
            address = own;
            return this;
        }

        /** The target's port, 3260 by default; 0 for any free one. Another than 3260 is reported to the conductor. */
        public Builder iscsiPort(int port) {
            iscsiPort = port;
            return this;
        }

        /** Where {@code done} is awaited, 10000 by default; 0 for any free one, of which the conductor must be told. */
        public Builder notifyPort(int port) {
            notifyPort = port;
            return this;
        }

        /** Which image servers the iLO believes; see {@link Trust}. */
        public Builder mediaTrust(SSLContext trust) {
            mediaTrust = trust;
            return this;
        }

        /** Which conductors the deploy ramdisk believes; see {@link Trust}. */
        public Builder networkTrust(SSLContext trust) {
            networkTrust = trust;
            return this;
        }

        public Builder times(ServerTimes howLong) {
            times = howLong;
            return this;
        }

        /** Hears each line of the console, on the server's threads; must return soon. */
        public Builder listener(Consumer<ServerEvent> hears) {
            listener = hears;
            return this;
        }

        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** Puts the server behind its iLO; it waits for the power. */
        public SimulatedServer start() throws IOException {
            return new SimulatedServer(this);
        }
    }
}
