package io.ferric.lab.qemu;

import io.ferric.lab.Console;
import io.ferric.lab.LabServer;
import io.ferric.lab.MediaFetch;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.Bay;
import io.ferric.lab.ilo.BootAttempt;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.PowerHook;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.lab.kit.Threads;
import io.ferric.lab.kit.Trust;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server behind a {@link SimulatedIlo} that really runs, emulated by QEMU.
 *
 * <p>The iLO holds power, media, boot order and boot mode. Each power-on and each reset starts one QEMU with the media,
 * which are fetched by their URLs as an iLO does, and the boot order on its command line. When the guest resets, that
 * QEMU ends, the iLO is told, and boots the server anew; so a one-time boot is one. Media that come and go meanwhile
 * are changed in the running QEMU.
 *
 * <p>Ports 3260 and 10000 of the machine are forwarded from an address of its own, 127.x.y.z. The serial port goes to
 * {@code console-NAME-N.log}, a file for each boot, and to {@link #serial()}; lines that begin with {@code ferric: }
 * and some others show on the {@link #console()} too. What it needs of the host says {@link HostNeeds#machine}.
 * Thread-safe; {@link #close()} ends all, and so does the end of this JVM.
 */
public final class VirtualMachine implements LabServer {
    /** An instance made by {@link InstanceImage} prints a line that begins so when it is up. */
    public static final String INSTANCE_UP = "FERRIC-INSTANCE-UP";

    private static final Logger LOG = LoggerFactory.getLogger(VirtualMachine.class);
    private static final String SPOKEN = "ferric: ";
    private static final String PANIC = "Kernel panic - not syncing";
    private static final long POLL_MILLIS = 50;

    private final SimulatedIlo ilo;
    private final VirtualHardware hardware;
    private final VirtualDrives drives;
    private final Pattern upWhen;
    private final Console console;
    private final SerialConsole serial = new SerialConsole(this::heard);
    private final ScheduledExecutorService thread;
    /** Counts what the iLO does to the power, so that a fetch for a boot that is over is given up. */
    private final AtomicInteger powerChanges = new AtomicInteger();

    // These belong to the one thread.
    private Optional<QemuProcess> running = Optional.empty();
    private Optional<SerialLog> log = Optional.empty();
    private int boots;
    private boolean awaitsInstance;

    private VirtualMachine(Builder settings) throws IOException {
        ilo = settings.ilo;
        hardware = settings.hardware();
        upWhen = settings.upWhen;
        console = new Console(settings.clock, settings.listener);
        drives = new VirtualDrives(hardware, new MediaFetch(ilo, settings.mediaTrust), console);
        clearFolder(settings.diskSize);
        thread = Executors.newSingleThreadScheduledExecutor(Threads.daemons("vm-" + hardware.name()));
        thread.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
        ilo.state().attach(new Hook());
    }

    /** A machine behind this iLO that keeps its disk of {@code diskSize} bytes and its logs in this folder. */
    public static Builder behind(SimulatedIlo ilo, String name, Path folder, long diskSize) {
        return new Builder(ilo, name, folder, diskSize);
    }

    @Override
    public Console console() {
        return console;
    }

    /** The serial port. */
    public SerialConsole serial() {
        return serial;
    }

    @Override
    public InetAddress address() {
        return hardware.address();
    }

    /** The address of its network card. */
    public String mac() {
        return hardware.mac();
    }

    /** The serial number of its disk and its board. */
    public String serialNumber() {
        return hardware.serial();
    }

    @Override
    public Path diskFile() {
        return hardware.disk();
    }

    @Override
    public void close() {
        ilo.state().attach(PowerHook.NONE);
        powerChanges.incrementAndGet();
        try {
            thread.submit(this::stop).get();
            drives.deleteCopies();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("a virtual machine did not stop", e.getCause());
        } catch (IOException | RejectedExecutionException e) {
            LOG.debug("close failed: {}", e.toString());
        }
        Threads.end(thread);
    }

    private void clearFolder(long diskSize) throws IOException {
        Files.createDirectories(hardware.folder());
        Predicate<String> mine = hardware.consoles().asMatchPredicate();
        try (Stream<Path> old = Files.list(hardware.folder())) {
            for (Path file :
                    old.filter(each -> mine.test(each.getFileName().toString())).toList()) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(hardware.variables());
        Files.deleteIfExists(hardware.errors());
        try (RandomAccessFile disk = new RandomAccessFile(hardware.disk().toFile(), "rw")) {
            disk.setLength(diskSize);
        }
    }

    // ---- all below runs on the one thread

    private void boot(int mine, BootAttempt attempt) {
        stop();
        console.say(Stage.STARTED, attempt.cause() + ", " + attempt.mode() + ", boot order " + attempt.order());
        try {
            Map<MediaDevice, Path> media = load(mine, attempt);
            if (mine == powerChanges.get()) {
                start(attempt, media);
            }
        } catch (IOException e) {
            stop();
            console.say(Stage.STOPPED, "the virtual machine does not start: " + e.getMessage());
            ilo.state().hostPowerOff();
        }
    }

    private Map<MediaDevice, Path> load(int mine, BootAttempt attempt) {
        Map<MediaDevice, Path> media = drives.load(attempt.bays(), () -> mine != powerChanges.get());
        if (!media.isEmpty() && mine == powerChanges.get()) {
            console.say(Stage.LOADED, "media fetched: " + media.keySet());
        }
        return media;
    }

    private void start(BootAttempt attempt, Map<MediaDevice, Path> media) throws IOException {
        if (attempt.mode() == FirmwareMode.UEFI && !Files.exists(hardware.variables())) {
            Path empty = HostNeeds.firmware()
                    .orElseThrow(() -> new IOException("no UEFI firmware: apt-get install -y ovmf"))
                    .getValue();
            Files.copy(empty, hardware.variables(), StandardCopyOption.REPLACE_EXISTING);
        }
        Path file = hardware.console(++boots);
        awaitsInstance = !deploys(attempt);
        QemuProcess qemu = QemuProcess.start(QemuCommand.of(hardware, attempt, media, file), hardware.errors());
        running = Optional.of(qemu);
        log = Optional.of(new SerialLog(file, serial));
        qemu.whenEnded(ended -> execute(() -> ended(ended)));
        qemu.execute("cont", Map.of());
    }

    /** A deploy ramdisk finds its parameters on the floppy; an instance is booted without one. */
    private static boolean deploys(BootAttempt attempt) {
        return Optional.ofNullable(attempt.bays().get(MediaDevice.FLOPPY))
                .filter(Bay::connected)
                .isPresent();
    }

    /** QEMU ended by itself: the guest reset or switched off the machine, or something went wrong. */
    private void ended(QemuProcess qemu) {
        if (running.filter(qemu::equals).isEmpty()) {
            return;
        }
        stop();
        switch (qemu.shutdownReason()) {
            case "guest-reset" -> {
                console.note("the operating system resets the server");
                ilo.state().hostReset("reset by the operating system");
            }
            case "guest-shutdown" -> {
                console.note("the operating system switches the server off");
                ilo.state().hostPowerOff();
            }
            default -> {
                console.say(
                        Stage.STOPPED,
                        ("QEMU ended by itself: " + qemu.shutdownReason() + " " + qemu.complaint()).strip());
                ilo.state().hostPowerOff();
            }
        }
    }

    private void stop() {
        running.ifPresent(QemuProcess::close);
        running = Optional.empty();
        log.ifPresent(SerialLog::close);
        log = Optional.empty();
        drives.forget();
    }

    private void insert(MediaDevice device, Bay bay) {
        int mine = powerChanges.get();
        running.ifPresent(qemu -> drives.insert(qemu, device, bay, () -> mine != powerChanges.get()));
    }

    private void pressPowerButton() {
        console.note("power button pressed");
        try {
            if (running.isPresent()) {
                running.get().execute("system_powerdown", Map.of());
            }
        } catch (IOException e) {
            console.note(e.getMessage());
        }
    }

    private void poll() {
        log.ifPresent(SerialLog::poll);
        // such as a prompt, which ends no line
        lookForInstance(serial.begun());
    }

    private void heard(String line) {
        int spoken = line.indexOf(SPOKEN);
        lookForInstance(line);
        if (line.contains(PANIC)) {
            console.say(Stage.STOPPED, line);
        } else if (spoken >= 0) {
            console.note(line.substring(spoken));
        }
    }

    private void lookForInstance(String line) {
        if (awaitsInstance && upWhen.matcher(line).find()) {
            awaitsInstance = false;
            console.say(Stage.INSTANCE_UP, "instance up: " + line);
        }
    }

    private void execute(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("the virtual machine {} failed", hardware.name(), e);
                    console.say(Stage.STOPPED, "the lab failed: " + e);
                }
            });
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    private final class Hook implements PowerHook {
        @Override
        public void booting(BootAttempt attempt) {
            int mine = powerChanges.incrementAndGet();
            execute(() -> boot(mine, attempt));
        }

        @Override
        public void poweredOff() {
            powerChanges.incrementAndGet();
            execute(() -> {
                stop();
                console.say(Stage.POWERED_OFF, "power off");
            });
        }

        @Override
        public void powerButtonPressed() {
            execute(VirtualMachine.this::pressPowerButton);
        }

        @Override
        public void inserted(MediaDevice device, Bay bay) {
            execute(() -> insert(device, bay));
        }

        @Override
        public void ejected(MediaDevice device) {
            execute(() -> running.ifPresent(qemu -> drives.eject(qemu, device)));
        }
    }

    /** Settings of a {@link VirtualMachine}. */
    public static final class Builder {
        private final SimulatedIlo ilo;
        private final String name;
        private final Path folder;
        private final long diskSize;
        private InetAddress address = InetAddress.getLoopbackAddress();
        private Path disk;
        private Bus bus = Bus.VIRTIO;
        private int memoryMib = 512;
        private Pattern upWhen = Pattern.compile(INSTANCE_UP);
        private SSLContext mediaTrust = Trust.verified();
        private Consumer<ServerEvent> listener = event -> {};
        private Clock clock = Clock.systemUTC();

        private Builder(SimulatedIlo ilo, String name, Path folder, long diskSize) {
            this.ilo = ilo;
            this.name = name;
            this.folder = folder.toAbsolutePath();
            this.diskSize = diskSize;
            this.disk = this.folder.resolve("disk-" + name + ".raw");
        }

        /** The machine's own loopback address, at which it is reached; 127.0.0.1 by default. */
        public Builder address(InetAddress own) {
            address = own;
            return this;
        }

        /** The file behind the disk; {@code disk-NAME.raw} in the folder by default. */
        public Builder disk(Path file) {
            disk = file.toAbsolutePath();
            return this;
        }

        /** What drives and network card hang on; {@link Bus#VIRTIO} by default. */
        public Builder bus(Bus kind) {
            bus = kind;
            return this;
        }

        /** Memory in MiB; 512 by default. */
        public Builder memory(int mib) {
            memoryMib = mib;
            return this;
        }

        /**
         * What on the serial port tells that the instance is up; {@link VirtualMachine#INSTANCE_UP} by default. Looked
         * for only in boots without a floppy, since those with one are the deploy ramdisk's.
         */
        public Builder upWhen(Pattern line) {
            upWhen = line;
            return this;
        }

        /** Which image servers the iLO believes; see {@link Trust}. */
        public Builder mediaTrust(SSLContext trust) {
            mediaTrust = trust;
            return this;
        }

        /** Hears each line of the console, on a thread of the machine; must return soon. */
        public Builder listener(Consumer<ServerEvent> hears) {
            listener = hears;
            return this;
        }

        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** Puts the machine behind its iLO; it waits for the power. */
        public VirtualMachine start() throws IOException {
            return new VirtualMachine(this);
        }

        private VirtualHardware hardware() {
            int hash = name.hashCode();
            String mac = "52:54:00:%02x:%02x:%02x".formatted(hash >> 16 & 0xff, hash >> 8 & 0xff, hash & 0xff);
            return new VirtualHardware(name, folder, disk, address, "FE%08X".formatted(hash), mac, bus, memoryMib);
        }
    }
}
