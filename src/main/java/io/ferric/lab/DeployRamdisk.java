package io.ferric.lab;

import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.Bay;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.iscsi.IscsiTarget;
import io.ferric.lab.iscsi.TargetFault;
import io.ferric.lab.media.FatReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the deploy ramdisk does once it runs: reads its orders from the virtual floppy, exports the disk by iSCSI, calls
 * the conductor, waits for the word {@code done}, and resets the server. With {@code boot_option=local} it puts a
 * boot loader on the disk before that, calls again, and waits for a second {@code done}.
 */
final class DeployRamdisk {
    private static final String DISK_NAME = "sda";
    private static final long SMALL_DISK = 8L << 20;
    private static final long FAULT_AFTER = 256 * 1024;
    private static final int WORD_MILLIS = 5_000;
    private static final int MAX_WORD = 64;

    private final Machine machine;
    private final BootRun run;
    private final Console console;

    DeployRamdisk(Machine machine, BootRun run) {
        this.machine = machine;
        this.run = run;
        this.console = machine.console();
    }

    void run() throws IOException, InterruptedException {
        Orders orders = readOrders();
        String error = diskError(orders);
        ServerSocket notify = run.owned(listen());
        IscsiTarget target = run.owned(startTarget(orders));
        Closeable lookAtSessions = () -> lookAtSessions(target);
        run.owned(lookAtSessions);
        if (machine.struck(ServerFault.NO_CALLBACK)) {
            run.standStill();
        }
        ConductorCall conductor = new ConductorCall(machine, orders);
        conductor.passDeployInfo(error);
        if (machine.struck(ServerFault.NEVER_LISTENS_FOR_DONE)) {
            notify.close();
            run.standStill();
        }
        awaitDone(notify);
        if (orders.bootLocally()) {
            // while it is at work nobody listens, as with nc -l
            notify.close();
            installBootLoader(orders, conductor);
            awaitDone(run.owned(listen()));
        }
        run.closeResources();
        console.say(Stage.RESETTING, "target stopped after " + target.bytesWritten() + " bytes; resetting");
        machine.ilo().state().hostReset("reset by the deploy ramdisk");
    }

    /** Comes when the target is about to close, also because the power goes. */
    private void lookAtSessions(IscsiTarget target) {
        if (target.sessions() > 0 || target.sessionsDropped() > 0) {
            console.note("warning: an iSCSI session was not logged out");
        }
    }

    private Orders readOrders() throws IOException, InterruptedException {
        Bay bay = machine.ilo().state().bay(MediaDevice.FLOPPY);
        if (!bay.connected() || !bay.inserted()) {
            throw new IOException("deploy ramdisk: no volume " + Orders.LABEL + ": the floppy drive is empty");
        }
        Orders orders = Orders.read(FatReader.open(run.fetch(bay)));
        console.say(
                Stage.ORDERED,
                "deploy ramdisk for node " + orders.required("deployment_id") + ", "
                        + (orders.token().isPresent() ? "with" : "without") + " a token");
        return orders;
    }

    /** The error to report, or nothing; a real ramdisk reports what went wrong instead of giving up. */
    private String diskError(Orders orders) {
        List<String> names =
                List.of(orders.parameters().getOrDefault("disk", DISK_NAME).split(","));
        if (machine.struck(ServerFault.ERROR_IN_CALLBACK)) {
            return "pretend: the disk controller does not answer";
        }
        return names.contains(DISK_NAME) ? "" : "no disk among " + names;
    }

    private ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(
                machine.endpoint().address(), machine.endpoint().notifyPort()));
        return socket;
    }

    private IscsiTarget startTarget(Orders orders) throws IOException {
        String iqn = orders.required("iscsi_target_iqn");
        String name = machine.struck(ServerFault.WRONG_TARGET_NAME) ? iqn + "-other" : iqn;
        IscsiTarget.Builder builder = IscsiTarget.of(name, machine.disk())
                .listen(machine.endpoint().address(), machine.endpoint().iscsiPort())
                .zeroes(!machine.struck(ServerFault.NO_ZEROING));
        if (machine.struck(ServerFault.DISK_TOO_SMALL)) {
            builder.capacity(SMALL_DISK);
        }
        IscsiTarget target = builder.start();
        plan(target, ServerFault.TARGET_RESETS, TargetFault.RESETS);
        plan(target, ServerFault.TARGET_FREEZES, TargetFault.FREEZES);
        plan(target, ServerFault.TARGET_REPORTS_ERROR, TargetFault.REPORTS_ERROR);
        console.say(Stage.TARGET_UP, "iSCSI target " + name + " on port " + target.port());
        return target;
    }

    private void plan(IscsiTarget target, ServerFault fault, TargetFault how) {
        if (machine.struck(fault)) {
            target.fail(how, FAULT_AFTER);
        }
    }

    private void installBootLoader(Orders orders, ConductorCall conductor) throws IOException, InterruptedException {
        String error = bootLoaderError(orders);
        if (error.isEmpty()) {
            PretendLoader.install(machine.disk());
            console.say(Stage.BOOT_LOADER_INSTALLED, "boot loader installed");
        }
        if (machine.struck(ServerFault.NO_BOOT_LOADER_REPORT)) {
            run.standStill();
        }
        conductor.passBootLoaderInstallInfo(error);
    }

    private String bootLoaderError(Orders orders) {
        if (machine.struck(ServerFault.BOOT_LOADER_FAILS)) {
            return "pretend: grub-install: error: will not proceed with blocklists";
        }
        boolean uefi = "uefi".equals(orders.parameters().get("boot_mode"));
        return uefi ? "pretend: this ramdisk installs boot loaders for BIOS only" : "";
    }

    private void awaitDone(ServerSocket notify) throws IOException {
        long deadline = System.nanoTime() + machine.times().donePatience().toNanos();
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException(
                        "nobody said done within " + machine.times().donePatience());
            }
            notify.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            try (Socket socket = notify.accept()) {
                String word = word(socket);
                if (word.equals("done")) {
                    console.say(Stage.DONE, "the conductor is done");
                    return;
                }
                console.note("port " + notify.getLocalPort() + " got " + word.length() + " bytes that are not done");
            }
        }
    }

    private static String word(Socket socket) throws IOException {
        socket.setSoTimeout(WORD_MILLIS);
        try {
            return new String(socket.getInputStream().readNBytes(MAX_WORD), StandardCharsets.US_ASCII).strip();
        } catch (SocketTimeoutException e) {
            return "";
        }
    }
}
