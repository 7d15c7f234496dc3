package io.ferric.lab.qemu;

import io.ferric.lab.Console;
import io.ferric.lab.MediaFetch;
import io.ferric.lab.ilo.Bay;
import io.ferric.lab.ilo.MediaDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The virtual drives of a machine: copies of their media, before a boot and while QEMU runs. For one thread. */
final class VirtualDrives {
    private final VirtualHardware hardware;
    private final MediaFetch fetch;
    private final Console console;
    private final Map<MediaDevice, String> loaded = new EnumMap<>(MediaDevice.class);

    /** @param console is told which medium cannot be read, and what QEMU refuses */
    VirtualDrives(VirtualHardware hardware, MediaFetch fetch, Console console) {
        this.hardware = hardware;
        this.fetch = fetch;
        this.console = console;
    }

    /** Fetches what is connected, for QEMU's command line; what cannot be fetched is an empty drive. */
    Map<MediaDevice, Path> load(Map<MediaDevice, Bay> bays, BooleanSupplier stop) {
        Map<MediaDevice, Path> media = new EnumMap<>(MediaDevice.class);
        bays.forEach((device, bay) -> {
            if (bay.connected()) {
                fetched(device, bay, stop).ifPresent(file -> media.put(device, file));
            }
        });
        return media;
    }

    /** Changes the medium of a QEMU that runs, unless it has this one already. */
    void insert(QemuProcess qemu, MediaDevice device, Bay bay, BooleanSupplier stop) {
        if (bay.imageUrl().equals(Optional.ofNullable(loaded.get(device)))) {
            return;
        }
        eject(qemu, device);
        fetched(device, bay, stop).ifPresent(file -> change(qemu, device, file));
    }

    /** Takes the medium out of a QEMU that runs, if it has one. */
    void eject(QemuProcess qemu, MediaDevice device) {
        if (loaded.remove(device) != null) {
            tell(qemu, "eject", Map.of("id", QemuCommand.id(device), "force", true));
        }
    }

    /** QEMU has ended. */
    void forget() {
        loaded.clear();
    }

    void deleteCopies() throws IOException {
        for (MediaDevice device : MediaDevice.values()) {
            Files.deleteIfExists(hardware.medium(device));
        }
    }

    private Optional<Path> fetched(MediaDevice device, Bay bay, BooleanSupplier stop) {
        if (bay.imageUrl().isEmpty()) {
            return Optional.empty();
        }
        Path file = hardware.medium(device);
        try {
            fetch.copy(bay, file, stop);
            loaded.put(device, bay.imageUrl().get());
            return Optional.of(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            console.note(device + ": " + (e.getMessage() == null ? "cannot be read: " + e : e.getMessage()));
        }
        return Optional.empty();
    }

    private void change(QemuProcess qemu, MediaDevice device, Path file) {
        String mode = device == MediaDevice.CDROM ? "read-only" : "read-write";
        Map<String, Object> medium = Map.of(
                "id",
                QemuCommand.id(device),
                "filename",
                file.toString(),
                "format",
                "raw",
                "force",
                true,
                "read-only-mode",
                mode);
        tell(qemu, "blockdev-change-medium", medium);
    }

    private void tell(QemuProcess qemu, String command, Map<String, ?> arguments) {
        try {
            qemu.execute(command, arguments);
        } catch (IOException e) {
            console.note(command + ": " + e.getMessage());
        }
    }
}
