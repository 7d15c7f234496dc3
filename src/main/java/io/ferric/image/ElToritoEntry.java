package io.ferric.image;

/**
 * One entry of an ISO image's boot catalogue, always without emulation (El Torito specification 1.0, UEFI
 * specification section 13.3.2.1).
 *
 * @param platform the firmware the entry is for
 * @param path the file of the image that is booted
 * @param loadSectors how many sectors of 512 bytes the firmware loads; 0 means the whole file
 * @param bootInfoTable whether bytes 8 to 63 of the file, in the image only, are replaced by the table isolinux reads
 *     to find itself
 */
public record ElToritoEntry(Platform platform, String path, int loadSectors, boolean bootInfoTable) {

    /** The firmware an entry is for. */
    public enum Platform {
        BIOS(0x00),
        UEFI(0xEF);

        private final int id;

        Platform(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }
    }

    public ElToritoEntry {
        path = ImagePaths.normalize(path);
        if (loadSectors < 0 || loadSectors > 0xFFFF) {
            throw new IllegalArgumentException("load size " + loadSectors + " must lie between 0 and 65535 sectors");
        }
    }

    /** A boot loader as isolinux: four sectors are loaded, and the boot-info-table is filled in. */
    public static ElToritoEntry bios(String path) {
        return new ElToritoEntry(Platform.BIOS, path, 4, true);
    }

    /** A vfat image that holds {@code EFI/BOOT/BOOTX64.EFI}. */
    public static ElToritoEntry uefi(String path) {
        return new ElToritoEntry(Platform.UEFI, path, 0, false);
    }
}
