package io.ferric.journey;

import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.lab.qemu.BootSupplies;
import io.ferric.lab.qemu.Bus;
import io.ferric.lab.qemu.VirtualNode;
import io.ferric.lab.qemu.VirtualRack;
import io.ferric.node.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Ferric and a rack of virtual machines, all in one folder and on loopback. */
final class QemuSite implements AutoCloseable {
    private static final long DISK = 3L << 30;

    private final BootSupplies supplies;
    private final Path files;
    private final VirtualRack rack;
    private final Ferric ferric;
    private final Rest rest;

    private QemuSite(Path folder, BootSupplies supplies) throws IOException {
        this.supplies = supplies;
        this.files = Files.createDirectories(folder.resolve("files")).toRealPath();
        this.rack = VirtualRack.in(folder.resolve("rack"));
        Map<String, Object> settings = Map.of(
                "api_url",
                "http://10.0.2.2:0",
                "deploy.file_url_allowed_paths",
                List.of(
                        files.toString(),
                        supplies.deployIso().getParent().toString(),
                        supplies.kernel().getParent().toString()),
                "ilo.kernel_append_params",
                "nofb nomodeset console=ttyS0",
                "conductor.deploy_callback_timeout",
                "10m");
        this.ferric = Ferric.builder()
                .config(FerricConfig.read(Datacenter.configuration(folder, settings)))
                .tokenSource(task -> Optional.of(Secret.of(Datacenter.TOKEN)))
                .start();
        this.rest = new Rest(ferric.restUri());
    }

    static QemuSite in(Path folder) throws IOException {
        return new QemuSite(folder, QemuSupplies.get());
    }

    /** Where images lie that nodes may name by {@code file://}. */
    Path file(String name) {
        return files.resolve(name);
    }

    BootSupplies supplies() {
        return supplies;
    }

    /**
     * Racks a machine and enrols it up to {@code available}. Its iLO begins in the other boot mode, so that a deploy
     * succeeds only if Ferric sets the one wanted.
     */
    QemuNode enrol(String name, FirmwareMode firmware, Bus bus, Map<String, Object> properties) throws IOException {
        boolean uefi = firmware == FirmwareMode.UEFI;
        VirtualNode machine = rack.add(
                name,
                DISK,
                SimulatedIlo.builder()
                        .bootMode(uefi ? FirmwareMode.LEGACY : FirmwareMode.UEFI)
                        .powerDelays(Duration.ofMillis(50), Duration.ofMillis(50)),
                settings -> settings.bus(bus));
        QemuNode node = QemuNode.create(rest, machine, supplies, (uefi ? "uefi" : "bios"), properties);
        node.becomesAvailable();
        return node;
    }

    @Override
    public void close() throws IOException {
        try {
            ferric.close();
        } finally {
            rack.close();
        }
    }
}
