package io.ferric.lab.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the records of one directory (ECMA-119, 9.1), checking that both byte orders agree. */
final class IsoDirectory {
    private static final int MAX_BYTES = 16 << 20;
    private static final int DIRECTORY = 0x02;
    private static final int MORE_EXTENTS = 0x80;

    private IsoDirectory() {}

    static List<IsoFile> read(Blocks medium, IsoFile directory) throws IOException {
        if (directory.size() > MAX_BYTES) {
            throw new MediaException("a directory of " + directory.size() + " bytes");
        }
        List<IsoFile> files = new ArrayList<>();
        ByteBuffer bytes = directory.extents(medium).at(0, (int) directory.size());
        boolean continued = false;
        for (int at = 0; at < bytes.limit(); ) {
            int length = bytes.get(at) & 0xFF;
            if (length == 0) {
                at = (at / IsoReader.SECTOR + 1) * IsoReader.SECTOR;
                continue;
            }
            if (length < 34 || at + length > bytes.limit()) {
                throw new MediaException("a directory record of " + length + " bytes at " + at);
            }
            ByteBuffer entry = bytes.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
            at += length;
            if (isDot(entry)) {
                continue;
            }
            IsoFile file = file(medium, entry, directory.joliet());
            if (continued) {
                file = files.remove(files.size() - 1).plus(file.extents().get(0));
            }
            files.add(file);
            continued = (entry.get(25) & MORE_EXTENTS) != 0;
        }
        return files;
    }

    private static boolean isDot(ByteBuffer entry) {
        return entry.get(32) == 1 && (entry.get(33) == 0 || entry.get(33) == 1);
    }

    private static IsoFile file(Blocks medium, ByteBuffer entry, boolean joliet) throws IOException {
        int nameLength = entry.get(32) & 0xFF;
        if (33 + nameLength > entry.limit()) {
            throw new MediaException("a name longer than its directory record");
        }
        byte[] raw = new byte[nameLength];
        entry.get(33, raw);
        String iso = new String(raw, joliet ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1)
                .replaceFirst(";[0-9]+$", "")
                .replaceFirst("\\.$", "");
        String name = joliet
                ? iso
                : RockRidge.name(medium, entry, 33 + nameLength + (nameLength + 1) % 2)
                        .orElse(iso);
        boolean directory = (entry.get(25) & DIRECTORY) != 0;
        IsoFile.Extent extent = new IsoFile.Extent(both(entry, 2), both(entry, 10));
        return new IsoFile(name, iso, directory, joliet, List.of(extent));
    }

    /** A number in both byte orders. */
    private static long both(ByteBuffer entry, int at) throws MediaException {
        int little = entry.getInt(at);
        if (little != Integer.reverseBytes(entry.getInt(at + 4))) {
            throw new MediaException("the two byte orders of a directory record differ");
        }
        return little & 0xFFFFFFFFL;
    }
}
