package io.ferric.journey;

import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.qemu.BootSupplies;
import io.ferric.lab.qemu.HostNeeds;
import io.ferric.lab.qemu.InstanceImage;
import io.ferric.lab.qemu.KernelCache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What boots in virtual machines, made once for all tests; the kernel is downloaded once for all test runs. */
final class QemuSupplies {
    private static final Path HOME = Path.of("target", "qemu");
    /** For the ramdisk's init: gives up looking for a disk after a few seconds. */
    private static final String SOON = "DISK_LOOKS=10";

    private static final Map<String, BootSupplies> MADE = new HashMap<>();

    private QemuSupplies() {}

    /** Those with the small kernel for virtual machines; fails or skips the calling test when the host lacks something. */
    static BootSupplies get() throws IOException {
        return of("linux-image-cloud-amd64");
    }

    static synchronized BootSupplies of(String kernelPackage) throws IOException {
        requireHost();
        BootSupplies made = MADE.get(kernelPackage);
        if (made == null) {
            Path folder = Files.createDirectories(HOME.resolve(kernelPackage)).toRealPath();
            made = BootSupplies.build(KernelCache.ofUser().get(kernelPackage), folder, SOON);
            MADE.put(kernelPackage, made);
        }
        return made;
    }

    private static void requireHost() {
        try {
            HostNeeds needs = HostNeeds.onThisHost().machine(FirmwareMode.UEFI);
            InstanceImage.needs(BootSupplies.needs(needs, FirmwareMode.UEFI)).check();
        } catch (FileNotFoundException e) {
            if ("required".equals(System.getProperty("ferric.peers"))) {
                throw new AssertionFailedError(e.getMessage());
            }
            System.out.println("[peers] went without: " + e.getMessage());
            throw new TestAbortedException(e.getMessage());
        }
    }
}
