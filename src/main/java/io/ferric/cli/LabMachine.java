package io.ferric.cli;

import io.ferric.lab.LabNode;
import io.ferric.lab.MediaFetch;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.Bay;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.kit.Trust;
import io.ferric.lab.qemu.VirtualMachine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** One server of the lab with its iLO, pretended or virtual. */
final class LabMachine {
    private static final Set<Stage> AT_REST = Set.of(Stage.INSTANCE_UP, Stage.STOPPED, Stage.NO_BOOTABLE_DEVICE);
    private static final int TAIL = 25;
    private static final Duration KEEP_PATIENCE = Duration.ofMinutes(1);

    private final LabNode node;
    private final LabPlan plan;

    LabMachine(LabNode node, LabPlan plan) {
        this.node = node;
        this.plan = plan;
    }

    String name() {
        return node.name();
    }

    Path disk() {
        return node.server().diskFile();
    }

    /** The address of its network card. */
    String mac() {
        int hash = name().hashCode();
        return virtual()
                .map(VirtualMachine::mac)
                .orElse("52:54:00:%02x:%02x:%02x".formatted(hash >> 16 & 0xff, hash >> 8 & 0xff, hash & 0xff));
    }

    Map<String, Object> driverInfo() {
        Map<String, Object> info = new LinkedHashMap<>(node.driverInfo());
        info.put("ilo_fingerprint", node.ilo().fingerprint());
        info.put("ilo_deploy_iso", plan.files().deployIso().toUri().toString());
        virtual()
                .ifPresent(machine ->
                        info.put("ramdisk_report_ip", machine.address().getHostAddress()));
        return info;
    }

    Map<String, Object> properties() {
        return Map.of("capabilities", "boot_mode:" + plan.hardware().firmware());
    }

    /** Why it will not go on by itself, if so. */
    Optional<String> trouble() {
        return virtual()
                .flatMap(machine -> machine.console().last(Stage.STOPPED))
                .map(ServerEvent::message);
    }

    /** Waits until the server has booted its instance, or given up; returns why it did not. */
    Optional<String> awaitInstance(Duration patience) throws InterruptedException {
        try {
            ServerEvent end = node.server().console().awaitAny(AT_REST, patience);
            return end.stage() == Stage.INSTANCE_UP ? Optional.empty() : Optional.of(notBooted());
        } catch (TimeoutException e) {
            return Optional.of(notBooted());
        }
    }

    /** The end of what the serial console showed; nothing for a server without one. */
    List<String> consoleTail() {
        return virtual()
                .map(machine -> machine.serial().tail(TAIL).lines().toList())
                .orElse(List.of());
    }

    /** Keeps what is in the CD-ROM drive now. */
    void keepBootIso() throws IOException {
        keep(MediaDevice.CDROM, plan.files().bootIso(name()));
    }

    /** Keeps what is in the floppy drive now; soon Ferric deletes it. */
    void keepFloppy() throws IOException {
        keep(MediaDevice.FLOPPY, plan.files().floppy(name()));
    }

    private void keep(MediaDevice device, Path file) throws IOException {
        Bay bay = node.ilo().state().bay(device);
        if (bay.inserted()) {
            Instant end = Instant.now().plus(KEEP_PATIENCE);
            try {
                new MediaFetch(node.ilo(), Trust.verified())
                        .copy(bay, file, () -> Instant.now().isAfter(end));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while keeping " + file);
            }
        }
    }

    private String notBooted() {
        List<ServerEvent> lines = node.server().console().lines();
        return "the server did not boot its instance; the last it said was: "
                + lines.get(lines.size() - 1).message();
    }

    private Optional<VirtualMachine> virtual() {
        return node.server() instanceof VirtualMachine machine ? Optional.of(machine) : Optional.empty();
    }
}
