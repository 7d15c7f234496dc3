package io.ferric.lab;

import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.media.Blocks;
import io.ferric.lab.media.DiskLayout;
import io.ferric.lab.media.DiskLayout.Part;
import io.ferric.lab.media.MediaException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Starts from the server's own disk as firmware does: from the code in the MBR, or from an EFI system partition. */
final class DiskBoot {
    /** Behind it come the disk's signature and the partition table. */
    private static final int BOOT_CODE = 440;

    private DiskBoot() {}

    /**
     * What came up: the table and its file systems.
     *
     * @throws IOException with the reason why the disk cannot be booted
     */
    static String load(Blocks disk, FirmwareMode mode) throws IOException {
        DiskLayout layout = DiskLayout.read(disk);
        if (layout.label().equals("none")) {
            throw new MediaException("nothing to boot, no partition table");
        }
        if (mode == FirmwareMode.UEFI) {
            loadEfi(disk, layout);
        } else {
            requireBootCode(disk);
        }
        String systems = layout.parts().stream()
                .flatMap(part -> part.filesystem().stream().map(fs -> "partition " + part.number() + " " + fs.type()))
                .collect(Collectors.joining(", "));
        return layout.label() + (systems.isEmpty() ? "" : ", " + systems);
    }

    private static void loadEfi(Blocks disk, DiskLayout layout) throws IOException {
        List<Part> candidates = layout.parts().stream().filter(Part::efiSystem).toList();
        if (candidates.isEmpty()) {
            throw new MediaException("nothing to boot, no EFI system partition in its " + layout.label() + " table");
        }
        Part first = candidates.get(0);
        EfiPartition.load(disk.part(first.start(), first.size()));
    }

    private static void requireBootCode(Blocks disk) throws IOException {
        byte[] code = new byte[BOOT_CODE];
        disk.read(0, code);
        if (Arrays.equals(code, new byte[BOOT_CODE])) {
            throw new MediaException("nothing to boot, no boot code in the MBR");
        }
    }
}
