package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Builds a small ramdisk that starts an instance: it finds the root file system named by {@code root=UUID=...}, mounts it
 * and runs its {@code /sbin/init}. For labs and tests; a real image brings a ramdisk of its own distribution. It needs
 * busybox-static on this host. Thread safe.
 */
public final class InstanceRamdisk {
    private InstanceRamdisk() {}

    /** As the other {@code build}, with Ferric's own init and the programs of this host. */
    public static RamdiskReport build(Kernel kernel, Path target) throws IOException {
        return build(kernel, Optional.empty(), target);
    }

    /**
     * Builds it; an older file of that name is replaced.
     *
     * @param init the program the kernel starts; empty: Ferric's own
     * @throws ImageCreationException as {@link DeployRamdisk#build}
     */
    public static RamdiskReport build(Kernel kernel, Optional<Content> init, Path target) throws IOException {
        Initramfs ramdisk = Skeleton.make();
        ModuleSet modules = ModuleSet.of(kernel);
        modules.add(DriverFamily.ALL.stream()
                .filter(family -> family.use() != DriverFamily.Use.NETWORK)
                .toList());
        modules.pack(ramdisk);
        new HostPrograms(Path.of("/"), ramdisk).packBusybox();
        ramdisk.file("init", 0755, init.isPresent() ? init.get() : Scripts.instanceInit());
        ramdisk.write(target);
        return new RamdiskReport(
                kernel.version(), Files.size(target), modules.modules().size(), ramdisk.files(), List.of());
    }
}
