package io.ferric.image;

import io.ferric.image.ElToritoEntry.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which firmware can boot from an ISO image, by its boot catalogue (El Torito specification 1.0, section 2). A few
 * blocks are read, whatever the catalogue claims to hold.
 */
public final class ElTorito {
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int MOST_DESCRIPTORS = 64;
    private static final int TERMINATOR = 255;
    private static final String BOOT_RECORD = "\0CD001\1EL TORITO SPECIFICATION";
    private static final int CATALOGUE_POINTER = 71;
    private static final int ENTRY = 32;
    private static final int BOOTABLE = 0x88;
    private static final int SECTION = 0x90;
    private static final int LAST_SECTION = 0x91;
    /** Goes on with what an entry says, and is none itself. */
    private static final int EXTENSION = 0x44;

    private ElTorito() {}

    /**
     * The platforms that have a bootable entry; none when there is no boot catalogue.
     *
     * @param iso an ISO image, or the beginning of one
     * @return empty when the file ends before the catalogue, so that nothing can be told
     */
    public static Optional<Set<Platform>> platforms(Path iso) throws IOException {
        try (FileChannel channel = FileChannel.open(iso)) {
            for (int number = 0; number < MOST_DESCRIPTORS; number++) {
                Optional<ByteBuffer> descriptor = block(channel, FIRST_DESCRIPTOR + number);
                if (descriptor.isEmpty()) {
                    return Optional.empty();
                }
                if ((descriptor.get().get(0) & 0xFF) == TERMINATOR) {
                    return Optional.of(Set.of());
                }
                if (isBootRecord(descriptor.get())) {
                    long catalogue = descriptor.get().getInt(CATALOGUE_POINTER) & 0xFFFF_FFFFL;
                    return block(channel, catalogue).map(ElTorito::bootable);
                }
            }
            return Optional.of(Set.of());
        }
    }

    private static Optional<ByteBuffer> block(FileChannel channel, long number) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(IsoNode.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        while (block.hasRemaining()) {
            if (channel.read(block, number * IsoNode.BLOCK + block.position()) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(block);
    }

    private static boolean isBootRecord(ByteBuffer descriptor) {
        byte[] start = new byte[BOOT_RECORD.length()];
        descriptor.get(0, start);
        return new String(start, StandardCharsets.ISO_8859_1).equals(BOOT_RECORD);
    }

    /** Behind the validation entry comes the default entry, then sections of their own platform each. */
    private static Set<Platform> bootable(ByteBuffer catalogue) {
        Set<Platform> found = EnumSet.noneOf(Platform.class);
        int platform = catalogue.get(1) & 0xFF;
        boolean last = false;
        int left = 1;
        for (int at = ENTRY; at < catalogue.limit() && !(last && left == 0); at += ENTRY) {
            int kind = catalogue.get(at) & 0xFF;
            if (kind == EXTENSION) {
                continue;
            }
            if (left > 0) {
                left--;
                if (kind == BOOTABLE) {
                    note(platform, found);
                }
            } else if (kind == SECTION || kind == LAST_SECTION) {
                platform = catalogue.get(at + 1) & 0xFF;
                left = catalogue.getShort(at + 2) & 0xFFFF;
                last = kind == LAST_SECTION;
            }
        }
        return found;
    }

    private static void note(int id, Set<Platform> found) {
        Stream.of(Platform.values()).filter(each -> each.id() == id).forEach(found::add);
    }
}
