package io.ferric.journey;

import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.image.Isolinux;
import io.ferric.lab.LabImage;
import io.ferric.lab.NoBootLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an operator puts below {@code file://}: a root image, kernel and ramdisk, and the ISO with the deploy ramdisk. */
record Supplies(Path folder) {
    static Supplies in(Path folder) throws IOException {
        Supplies supplies = new Supplies(Files.createDirectories(folder).toRealPath());
        LabImage.unpack(supplies.image());
        Content kernel = Content.of("kernel ".repeat(1000));
        Content ramdisk = Content.of("ramdisk ".repeat(1000));
        Files.writeString(supplies.file("vmlinuz"), "kernel of the instance ".repeat(1000));
        Files.writeString(supplies.file("initrd"), "ramdisk of the instance ".repeat(1000));
        Optional<Path> found = Isolinux.find();
        Path loader = found.isPresent() ? found.get() : supplies.file("isolinux.bin");
        if (found.isEmpty()) {
            Files.write(loader, NoBootLoader.image());
        }
        Images.createBootIso(
                BootIso.of(kernel, ramdisk, "boot_method=vmedia", Content.of(loader)), supplies.file("deploy.iso"));
        return supplies;
    }

    Path image() {
        return file("root.ext4");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** The boot loader that a configuration must name because the machine has none. */
    Optional<Path> ownLoader() {
        return Optional.of(file("isolinux.bin")).filter(Files::exists);
    }

    String url(String name) {
        return file(name).toUri().toString();
    }

    /** What deploys the root image, without swap and ephemeral. */
    Map<String, Object> instanceInfo() {
        return new HashMap<>(Map.of(
                "image_source",
                url("root.ext4"),
                "image_checksum",
                "sha256:" + LabImage.SHA256,
                "kernel",
                url("vmlinuz"),
                "ramdisk",
                url("initrd"),
                "root_gb",
                1));
    }
}
