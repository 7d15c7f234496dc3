package io.ferric.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads an ISO 9660 image on its own terms, sharing no code with the writer: plain, Rock Ridge and Joliet names. */
final class IsoReader implements AutoCloseable {
    /** One file of a tree: its extents, and what Rock Ridge tells. */
    static final class Entry {
        final List<long[]> extents = new ArrayList<>();
        int mode;

        long size() {
            return extents.stream().mapToLong(extent -> extent[1]).sum();
        }
    }

    /** A place in the boot catalogue. */
    record Boot(int platform, int sectors, long block) {}

    final Map<String, Entry> plain = new TreeMap<>();
    final Map<String, Entry> rockRidge = new TreeMap<>();
    final Map<String, Entry> joliet = new TreeMap<>();
    final List<Boot> boot = new ArrayList<>();
    final List<String> plainOrder = new ArrayList<>();
    String label = "";
    long blocks;
    private final FileChannel channel;

    IsoReader(Path file) throws IOException {
        channel = FileChannel.open(file);
        for (int block = 16; ; block++) {
            ByteBuffer descriptor = read(block * 2048L, 2048);
            require(text(descriptor, 1, 5, StandardCharsets.US_ASCII).equals("CD001"), "descriptor " + block);
            int type = descriptor.get(0) & 0xFF;
            if (type == 255) {
                break;
            } else if (type == 0) {
                readCatalogue(descriptor.getInt(71));
            } else if (type == 1) {
                label = text(descriptor, 40, 32, StandardCharsets.US_ASCII).strip();
                blocks = both(descriptor, 80);
                checkPathTables(descriptor);
                readFolder(both(descriptor, 158), both(descriptor, 166), "", "", true);
            } else {
                checkPathTables(descriptor);
                readFolder(both(descriptor, 158), both(descriptor, 166), "", "", false);
            }
        }
    }

    byte[] bytes(Entry entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long[] extent : entry.extents) {
            bytes.write(read(extent[0] * 2048, (int) extent[1]).array());
        }
        return bytes.toByteArray();
    }

    ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            require(channel.read(buffer, offset + buffer.position()) > 0, "end of file at " + offset);
        }
        return buffer.flip();
    }

    private void readFolder(long block, long size, String path, String realPath, boolean isPlain) throws IOException {
        ByteBuffer folder = read(block * 2048, (int) size);
        String previous = "";
        for (int at = 0; at < size; at += folder.get(at) & 0xFF) {
            if (folder.get(at) == 0) {
                at = (at / 2048 + 1) * 2048;
                if (at >= size) {
                    break;
                }
            }
            int nameLength = folder.get(at + 32) & 0xFF;
            if (nameLength == 1 && folder.get(at + 33) <= 1) {
                continue;
            }
            Charset charset = isPlain ? StandardCharsets.US_ASCII : StandardCharsets.UTF_16BE;
            String name = text(folder, at + 33, nameLength, charset).replaceAll(";1$", "");
            require(isPlain || nameLength <= 132, "Joliet name too long");
            require(previous.compareTo(name) <= 0 || !isPlain, "order of " + previous + " and " + name);
            previous = name;
            int systemUse = at + 33 + nameLength + (nameLength + 1) % 2;
            Extra extra = isPlain ? extra(folder, systemUse, at + (folder.get(at) & 0xFF)) : new Extra(name, 0);
            String real = realPath + extra.name;
            if ((folder.get(at + 25) & 2) != 0) {
                readFolder(both(folder, at + 2), both(folder, at + 10), path + name + "/", real + "/", isPlain);
            } else {
                long[] extent = {both(folder, at + 2), both(folder, at + 10)};
                if (isPlain) {
                    plainOrder.add(path + name);
                    plain.computeIfAbsent(path + name, key -> new Entry())
                            .extents
                            .add(extent);
                }
                Entry entry = (isPlain ? rockRidge : joliet).computeIfAbsent(real, key -> new Entry());
                entry.extents.add(extent);
                entry.mode = extra.mode;
            }
        }
    }

    private record Extra(String name, int mode) {}

    private Extra extra(ByteBuffer area, int from, int to) throws IOException {
        String name = "";
        int mode = 0;
        ByteBuffer continued = null;
        for (int at = from; at + 4 <= to && area.get(at) != 0; at += area.get(at + 2) & 0xFF) {
            String kind = text(area, at, 2, StandardCharsets.US_ASCII);
            if (kind.equals("NM")) {
                name += text(area, at + 5, (area.get(at + 2) & 0xFF) - 5, StandardCharsets.UTF_8);
            } else if (kind.equals("PX")) {
                mode = (int) both(area, at + 4);
            } else if (kind.equals("CE")) {
                long offset = both(area, at + 4) * 2048 + both(area, at + 12);
                require(both(area, at + 12) + both(area, at + 20) <= 2048, "continuation crosses a block");
                continued = read(offset, (int) both(area, at + 20));
            }
        }
        return continued == null
                ? new Extra(name, mode)
                : new Extra(name + extra(continued, 0, continued.limit()).name, mode);
    }

    private void readCatalogue(long block) throws IOException {
        ByteBuffer catalogue = read(block * 2048, 2048);
        int sum = 0;
        for (int i = 0; i < 32; i += 2) {
            sum += catalogue.getShort(i);
        }
        require((sum & 0xFFFF) == 0, "sum of the validation entry");
        int platform = catalogue.get(1) & 0xFF;
        boot.add(new Boot(platform, catalogue.getShort(38), catalogue.getInt(40)));
        int at = 64;
        boolean more = (catalogue.get(at) & 0xFE) == 0x90;
        while (more) {
            more = (catalogue.get(at) & 0xFF) == 0x90;
            platform = catalogue.get(at + 1) & 0xFF;
            int count = catalogue.getShort(at + 2);
            for (int i = 0; i < count; i++) {
                at += 32;
                boot.add(new Boot(platform, Short.toUnsignedInt(catalogue.getShort(at + 6)), catalogue.getInt(at + 8)));
            }
            at += 32;
        }
    }

    /** Both path tables name the same folders, whose first record leads back to themselves. */
    private void checkPathTables(ByteBuffer descriptor) throws IOException {
        int size = (int) both(descriptor, 132);
        ByteBuffer little = read(descriptor.getInt(140) * 2048L, size);
        ByteBuffer big = read(Integer.reverseBytes(descriptor.getInt(148)) * 2048L, size);
        for (int at = 0; at < size; ) {
            int nameLength = little.get(at) & 0xFF;
            long block = little.getInt(at + 2);
            require(block == Integer.reverseBytes(big.getInt(at + 2)), "path tables differ");
            require(both(read(block * 2048, 34), 2) == block, "path table leads astray");
            at += 8 + nameLength + nameLength % 2;
        }
    }

    private static long both(ByteBuffer buffer, int at) {
        int little = buffer.getInt(at);
        require(little == Integer.reverseBytes(buffer.getInt(at + 4)), "both-endian number at " + at);
        return Integer.toUnsignedLong(little);
    }

    private static String text(ByteBuffer buffer, int at, int length, Charset charset) {
        byte[] bytes = new byte[length];
        buffer.get(at, bytes);
        return new String(bytes, charset);
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new AssertionError(complaint);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
