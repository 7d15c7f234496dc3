package io.ferric.iscsi;

import static org.awaitility.Awaitility.await;

import io.ferric.testkit.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real iSCSI target of one test: Debian's tgtd in user space on a port and control id of its own, LUN 1 on a file. */
public final class Tgtd implements AutoCloseable {
    public static final String IQN = "iqn.2026-11.io.ferric.test:tgt";

    private final Peer tgtadm = Peer.require("tgtadm");
    private final int port;
    private final int control;
    private final Process process;

    private Tgtd(Path log) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // control ids end at 32767; ephemeral ports are above, so that this keeps them apart
        control = port & 0x7fff;
        String[] command = {
            Peer.require("tgtd").path().toString(), "-f", "-C", "" + control, "--iscsi", "portal=127.0.0.1:" + port
        };
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Starts a target with a disk on {@code backing}; more {@code tgtadm} arguments go to its creation. */
    public static Tgtd serving(Path backing, Object... more) throws IOException {
        Tgtd target = new Tgtd(backing.resolveSibling(backing.getFileName() + ".log"));
        try {
            await().atMost(Duration.ofSeconds(20))
                    .failFast("tgtd has ended", () -> !target.process.isAlive())
                    .until(target::answers);
            target.admin("--mode", "target", "--op", "new", "--tid", 1, "-T", IQN);
            List<Object> disk = new ArrayList<>(List.of("--mode", "logicalunit", "--op", "new", "--tid", 1));
            disk.addAll(List.of("--lun", 1, "-b", backing));
            disk.addAll(List.of(more));
            target.admin(disk.toArray());
            target.admin("--mode", "target", "--op", "bind", "--tid", 1, "-I", "ALL");
            return target;
        } catch (RuntimeException | Error e) {
            target.close();
            throw e;
        }
    }

    /** Runs {@code tgtadm} against this target; fails the test when it fails. */
    public String admin(Object... arguments) {
        return tgtadm.run(arguments(arguments));
    }

    /** Where LUN 1 is to be found. */
    public IscsiTarget address() {
        return IscsiTarget.of("127.0.0.1", port, IQN, 1);
    }

    /** Asks for a user and password from now on. */
    public Tgtd wantsChap(String user, String password) {
        admin("--mode", "account", "--op", "new", "--user", user, "--password", password);
        admin("--mode", "account", "--op", "bind", "--tid", 1, "--user", user);
        return this;
    }

    /** How many initiators are logged in. */
    public int sessions() {
        return admin("--mode", "target", "--op", "show").split("I_T nexus: ", -1).length - 1;
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** SIGSTOP. */
    public void freeze() {
        Peer.require("kill").run("-STOP", process.pid());
    }

    private boolean answers() {
        return tgtadm.tryRun(arguments("--mode", "target", "--op", "show")).exit() == 0;
    }

    private Object[] arguments(Object... more) {
        List<Object> all = new ArrayList<>(List.of("-C", control, "--lld", "iscsi"));
        all.addAll(List.of(more));
        return all.toArray();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
