package io.ferric.cli;

import io.ferric.lab.LabNode;
import io.ferric.lab.MediaDevice;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.qemu.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** One server of the lab with its iLO, pretended or virtual. */
final class LabMachine {
    private static final Set<Stage> AT_REST = Set.of(Stage.INSTANCE_UP, Stage.STOPPED, Stage.NO_BOOTABLE_DEVICE);
    private static final String PRETEND_MAC = "52:54:00:12:34:56";
    private static final int TAIL = 25;

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
        return virtual().map(VirtualMachine::mac).orElse(PRETEND_MAC);
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
        Optional<String> url = node.ilo().state().bay(device).imageUrl();
        if (url.isPresent()) {
            try (InputStream in = URI.create(url.get()).toURL().openStream()) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
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
