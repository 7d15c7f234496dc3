package io.ferric.lab.iscsi;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An iSCSI target that exports a disk as LUN 1 behind a controller as LUN 0, as the deploy ramdisk does with tgtd.
 *
 * <p>RFC 7143 with one connection a session and error recovery level 0: login with or without CHAP, digests, immediate
 * and unsolicited data, R2T, NOP, SendTargets, logout. SCSI: INQUIRY with VPD pages 00, 80, 83, B0 and B2, READ
 * CAPACITY(10/16), READ and WRITE(10/16), SYNCHRONIZE CACHE, WRITE SAME(16), UNMAP, MODE SENSE, REPORT LUNS. The first
 * command of a session on the disk meets UNIT ATTENTION, as on real targets. An initiator that breaks a rule loses its
 * connection.
 *
 * <p>Thread-safe. It does not own the disk: close the target first, then the disk.
 */
public final class IscsiTarget implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(IscsiTarget.class);
    private static final int DISK_LUN = 1;
    private static final long PATIENCE_SECONDS = 10;

    private final Builder settings;
    private final ServerSocketChannel server;
    private final DiskUnit disk;
    private final Map<Integer, LogicalUnit> units = new TreeMap<>();
    private final ExecutorService threads;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger loggedIn = new AtomicInteger();
    private final AtomicInteger droppedWithoutLogout = new AtomicInteger();
    private final AtomicLong untilFault = new AtomicLong();
    private volatile Optional<TargetFault> fault = Optional.empty();

    private IscsiTarget(Builder settings) throws IOException {
        this.settings = settings;
        long capacity = settings.capacity > 0 ? settings.capacity : settings.disk.size();
        disk = new DiskUnit(settings.disk, capacity, settings.serial, settings.thin);
        if (settings.diskIsLunZero) {
            units.put(0, disk);
        } else {
            units.put(0, new ControllerUnit());
            units.put(DISK_LUN, disk);
        }
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(settings.host, settings.port));
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "iscsi-target");
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::accept);
    }

    /** A target of this name for this disk. */
    public static Builder of(String iqn, SparseDisk disk) {
        return new Builder(iqn, disk);
    }

    /** The port it listens on. */
    public int port() {
        return server.socket().getLocalPort();
    }

    /** The LUN of the disk. */
    public int lun() {
        return settings.diskIsLunZero ? 0 : DISK_LUN;
    }

    /** How many bytes WRITE commands have brought. */
    public long bytesWritten() {
        return disk.bytesWritten();
    }

    /** How many sessions are logged in now. */
    public int sessions() {
        return loggedIn.get();
    }

    /** How many sessions ended without a logout so far. */
    public int sessionsDropped() {
        return droppedWithoutLogout.get();
    }

    /** Lets writes fail in this way once {@code afterBytes} more bytes have come. */
    public void fail(TargetFault how, long afterBytes) {
        untilFault.set(afterBytes);
        fault = Optional.of(how);
    }

    /** Stops listening and ends all sessions. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (SocketChannel socket : open) {
            socket.close();
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("an iSCSI session did not end within {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                LOG.debug("accept ended: {}", e.toString());
            }
        }
    }

    /** A session that may be replaced, and whether its last write is over. */
    private record Live(SocketChannel socket, CountDownLatch over) {
        /** Ends it; nothing of it reaches the disk after this returns. */
        void end() {
            try {
                socket.close();
                if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("a session that was replaced does not end");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve(SocketChannel socket) {
        Live self = new Live(socket, new CountDownLatch(1));
        try (socket) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            PduChannel channel = new PduChannel(socket);
            Optional<LoginPhase.Outcome> login = login(channel, self);
            if (login.isPresent()) {
                session(channel, login.get(), socket);
            }
        } catch (IOException e) {
            LOG.debug("iSCSI connection ended: {}", e.toString());
        } finally {
            open.remove(socket);
            live.values().remove(self);
            self.over().countDown();
        }
    }

    /** Session reinstatement, RFC 7143 section 6.3.5. */
    private void replace(String identity, Live next) {
        Live former = live.put(identity, next);
        if (former != null) {
            former.end();
        }
    }

    private Optional<LoginPhase.Outcome> login(PduChannel channel, Live self) throws IOException {
        Optional<Chap> chap = settings.chapUser.map(user -> new Chap(user, settings.chapSecret, settings.random));
        LoginPhase phase = new LoginPhase(
                channel,
                settings.iqn,
                chap,
                settings.limits,
                sessions.incrementAndGet() & 0xFFFF,
                identity -> replace(identity, self));
        Optional<LoginPhase.Outcome> outcome = phase.run();
        outcome.map(LoginPhase.Outcome::agreed)
                .ifPresent(agreed -> channel.agree(
                        settings.limits.maxRecvDataSegment(), agreed.headerDigest(), agreed.dataDigest()));
        return outcome;
    }

    private void session(PduChannel channel, LoginPhase.Outcome login, SocketChannel socket) throws IOException {
        loggedIn.incrementAndGet();
        boolean loggedOut = false;
        try {
            loggedOut = new Connection(channel, login, new Face(socket)).run();
        } finally {
            loggedIn.decrementAndGet();
            if (!loggedOut) {
                droppedWithoutLogout.incrementAndGet();
            }
        }
    }

    /** What a connection sees of the target. */
    private final class Face implements Connection.Target {
        private final SocketChannel socket;

        Face(SocketChannel socket) {
            this.socket = socket;
        }

        @Override
        public Optional<LogicalUnit> unit(int lun) {
            return Optional.ofNullable(units.get(lun));
        }

        @Override
        public int[] luns() {
            return units.keySet().stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public String sendTargets() {
            return "TargetName=" + settings.iqn + "\0TargetAddress="
                    + settings.advertised.orElse(settings.host.getHostAddress() + ":" + port()) + ",1\0";
        }

        @Override
        public boolean mayWrite(int bytes) throws IOException {
            if (fault.isEmpty() || untilFault.addAndGet(-bytes) > 0) {
                return true;
            }
            switch (fault.get()) {
                case RESETS -> {
                    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                    socket.close();
                    throw new IOException("reset as told");
                }
                case FREEZES -> {
                    freeze();
                    throw new IOException("frozen as told");
                }
                case REPORTS_ERROR -> {
                    return false;
                }
            }
            return true;
        }

        private void freeze() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Settings of a target. */
    public static final class Builder {
        private final String iqn;
        private final SparseDisk disk;
        private InetAddress host = InetAddress.getLoopbackAddress();
        private int port;
        private long capacity;
        private String serial = "PRETEND0001";
        private boolean thin = true;
        private boolean diskIsLunZero;
        private TargetLimits limits = TargetLimits.generous();
        private Optional<String> chapUser = Optional.empty();
        private String chapSecret = "";
        private Optional<String> advertised = Optional.empty();
        private final SecureRandom random = new SecureRandom();

        private Builder(String iqn, SparseDisk disk) {
            this.iqn = iqn;
            this.disk = disk;
        }

        /** Where to listen; any free port of the loopback address by default. */
        public Builder listen(InetAddress address, int freePort) {
            host = address;
            port = freePort;
            return this;
        }

        /** Reports a smaller disk than there is, in bytes. */
        public Builder capacity(long bytes) {
            capacity = bytes;
            return this;
        }

        /** The disk's serial number. */
        public Builder serial(String number) {
            serial = number;
            return this;
        }

        /** Whether WRITE SAME and UNMAP are offered and promised to zero (LBPRZ); true by default. */
        public Builder zeroes(boolean promised) {
            thin = promised;
            return this;
        }

        /** Makes the disk LUN 0, with no controller. */
        public Builder diskAtLunZero() {
            diskIsLunZero = true;
            return this;
        }

        public Builder limits(TargetLimits offered) {
            limits = offered;
            return this;
        }

        /** Asks for CHAP. */
        public Builder chap(String user, String secret) {
            chapUser = Optional.of(user);
            chapSecret = secret;
            return this;
        }

        /** What SendTargets says the address is, {@code host:port}: often not the one the initiator must use. */
        public Builder advertise(String portal) {
            advertised = Optional.of(portal);
            return this;
        }

        /** Listens. */
        public IscsiTarget start() throws IOException {
            return new IscsiTarget(this);
        }
    }
}
