package io.ferric.image;

/** What an image turned out to be, judged by its content. */
public enum ImageFormat {
    EXT("ext", true),
    XFS("xfs", true),
    BTRFS("btrfs", true),
    VFAT("vfat", true),
    SQUASHFS("squashfs", true),
    MBR("mbr", true),
    GPT("gpt", true),
    ISO("iso", true),
    /** Bytes that nothing here recognises. */
    RAW("raw", true),
    QCOW2("qcow2", false),
    QCOW("qcow", false),
    QED("qed", false),
    VMDK("vmdk", false),
    VDI("vdi", false),
    VHD("vhd", false),
    VHDX("vhdx", false),
    PARALLELS("parallels", false),
    LUKS("luks", false),
    GZIP("gzip", false),
    XZ("xz", false),
    ZSTD("zstd", false),
    BZIP2("bzip2", false),
    LZMA("lzma", false),
    LZ4("lz4", false),
    ZIP("zip", false),
    TAR("tar", false),
    /** No bytes, or zeros wherever one looks. */
    EMPTY("empty", false);

    private final String wireName;
    private final boolean raw;

    ImageFormat(String wireName, boolean raw) {
        this.wireName = wireName;
        this.raw = raw;
    }

    /** The name for users, configuration and REST. */
    public String wireName() {
        return wireName;
    }

    /** Whether such an image is written to a disk or partition byte for byte, and makes sense there. */
    public boolean raw() {
        return raw;
    }

    @Override
    public String toString() {
        return wireName;
    }
}
