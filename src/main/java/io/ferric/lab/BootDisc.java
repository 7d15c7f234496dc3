package io.ferric.lab;

import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.media.Blocks;
import io.ferric.lab.media.BootChoice;
import io.ferric.lab.media.BootEntry;
import io.ferric.lab.media.BootInfoTable;
import io.ferric.lab.media.IsoFile;
import io.ferric.lab.media.IsoReader;
import io.ferric.lab.media.MediaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Starts from a disc as firmware and boot loader do: catalogue, boot image, settings, kernel and ramdisk. */
final class BootDisc {
    private static final int MAX_CONFIG = 64 * 1024;
    private static final int PIECE = 1 << 20;
    private static final String MODULE = "ldlinux.c32";

    private final IsoReader iso;
    private final Blocks medium;

    private BootDisc(Blocks medium, IsoReader iso) {
        this.medium = medium;
        this.iso = iso;
    }

    /**
     * What was loaded.
     *
     * @param bytes of kernel and ramdisk together
     * @param placeholder whether the disc has {@link NoBootLoader} or {@link NoEfiLoader} where isolinux or GRUB should
     *     be
     */
    record Loaded(String label, BootChoice choice, long bytes, boolean placeholder) {}

    static Loaded load(Blocks medium, FirmwareMode mode) throws IOException {
        BootDisc disc = new BootDisc(medium, IsoReader.open(medium));
        return mode == FirmwareMode.UEFI ? disc.loadUefi() : disc.loadBios();
    }

    private Loaded loadBios() throws IOException {
        BootEntry entry = entry(BootEntry.BIOS);
        ByteBuffer image = medium.at(entry.sector() * IsoReader.SECTOR, IsoReader.SECTOR);
        BootInfoTable.read(image).check(medium, entry.sector());
        boolean placeholder = NoBootLoader.is(image.array());
        if (!placeholder) {
            checkModule(entry, image);
        }
        BootChoice choice = BootChoice.fromIsolinux(settings("/isolinux/isolinux.cfg"));
        return loaded(choice, placeholder);
    }

    /** isolinux from version 5 on starts nothing without its module ldlinux.c32. */
    private void checkModule(BootEntry entry, ByteBuffer image) throws IOException {
        int length = (int) BootInfoTable.read(image).imageLength();
        byte[] bytes = new byte[length];
        medium.read(entry.sector() * IsoReader.SECTOR, bytes);
        if (new String(bytes, StandardCharsets.ISO_8859_1).contains(MODULE)
                && iso.files().stream().noneMatch(path -> path.endsWith("/" + MODULE))) {
            throw new MediaException("isolinux on the disc lacks its module " + MODULE);
        }
    }

    /** GRUB finds the disc that it came from by a file on it. */
    private Loaded loadUefi() throws IOException {
        BootEntry entry = entry(BootEntry.UEFI);
        long start = entry.sector() * IsoReader.SECTOR;
        // one sector, or none, means all the rest of the disc
        long length = entry.sectors512() > 1 ? entry.sectors512() * 512L : medium.size() - start;
        boolean placeholder = EfiPartition.load(medium.part(start, length));
        iso.find("/.disk/info");
        return loaded(BootChoice.fromGrub(settings("/boot/grub/grub.cfg")), placeholder);
    }

    private BootEntry entry(int platform) throws IOException {
        return iso.bootEntries().stream()
                .filter(entry -> entry.platform() == platform && entry.bootable() && entry.emulation() == 0)
                .findFirst()
                .orElseThrow(() -> new MediaException(
                        "the disc has no boot image for " + (platform == BootEntry.UEFI ? "UEFI" : "BIOS")));
    }

    private String settings(String path) throws IOException {
        IsoFile file = iso.find(path);
        if (file.size() > MAX_CONFIG) {
            throw new MediaException(path + " has " + file.size() + " bytes");
        }
        return new String(iso.read(file, 0, (int) file.size()), StandardCharsets.UTF_8);
    }

    private Loaded loaded(BootChoice choice, boolean placeholder) throws IOException {
        long bytes = readWhole(choice.kernel()) + readWhole(choice.ramdisk());
        return new Loaded(iso.label(), choice, bytes, placeholder);
    }

    private long readWhole(String path) throws IOException {
        IsoFile file = iso.find(path);
        if (file.directory() || file.size() == 0) {
            throw new MediaException(path + " is empty or no file");
        }
        for (long at = 0; at < file.size(); at += PIECE) {
            iso.read(file, at, (int) Math.min(PIECE, file.size() - at));
        }
        return file.size();
    }
}
