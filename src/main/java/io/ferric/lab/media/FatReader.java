package io.ferric.lab.media;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads FAT12, FAT16 and FAT32 volumes without a partition table, with long names, as a Linux kernel would (Microsoft's
 * FAT specification, 1.03).
 */
public final class FatReader {
    private static final int ENTRY = 32;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_FILE = 64 << 20;
    /** As long as a directory may be. */
    private static final int MAX_DIRECTORY = 65_536 * ENTRY;
    /** Directories included: those of a damaged volume may contain each other. */
    private static final int MAX_ENTRIES = 100_000;

    private static final int VOLUME_LABEL = 0x08;
    private static final int DIRECTORY = 0x10;

    private final Blocks medium;
    private final FatLayout layout;

    private FatReader(Blocks medium, FatLayout layout) {
        this.medium = medium;
        this.layout = layout;
    }

    /** Reads the boot sector; a {@link MediaException} when it is not that of a FAT volume. */
    public static FatReader open(Blocks medium) throws IOException {
        return new FatReader(medium, FatLayout.of(medium.at(0, 512), medium.size()));
    }

    /** 12, 16 or 32. */
    public int bits() {
        return layout.bits();
    }

    /** The volume label as Linux reports it: the entry in the root directory, else the one in the boot sector. */
    public Optional<String> label() throws IOException {
        ByteBuffer root = root();
        for (int at = 0; at + ENTRY <= root.limit() && root.get(at) != 0; at += ENTRY) {
            int attributes = root.get(at + 11);
            if ((root.get(at) & 0xFF) != 0xE5 && (attributes & 0x0F) != 0x0F && (attributes & VOLUME_LABEL) != 0) {
                return Optional.of(text(root, at, 11).stripTrailing());
            }
        }
        return layout.label();
    }

    /** The files of the whole volume, as paths with {@code /} between the names. */
    public List<String> files() throws IOException {
        List<String> paths = new ArrayList<>();
        collect("", root(), paths, 0, new AtomicInteger());
        return List.copyOf(paths);
    }

    /** Reads a file by its path; names compare without regard to case, as FAT has it. */
    public byte[] read(String path) throws IOException {
        ByteBuffer directory = root();
        String[] names = path.replaceFirst("^/+", "").split("/");
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            Entry found = entries(directory).stream()
                    .filter(entry -> entry.name().equalsIgnoreCase(name)
                            || entry.shortName().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new FileNotFoundException("no " + path + " on the FAT volume"));
            if (found.directory() == (i == names.length - 1)) {
                throw new FileNotFoundException("no file " + path + " on the FAT volume");
            }
            if (!found.directory()) {
                return contents(found);
            }
            directory = directory(found.cluster());
        }
        throw new FileNotFoundException("no file " + path + " on the FAT volume");
    }

    private void collect(String prefix, ByteBuffer directory, List<String> paths, int depth, AtomicInteger count)
            throws IOException {
        if (depth > MAX_DEPTH) {
            throw new MediaException("directories deeper than " + MAX_DEPTH);
        }
        for (Entry entry : entries(directory)) {
            if (count.incrementAndGet() > MAX_ENTRIES) {
                throw new MediaException("more than " + MAX_ENTRIES + " files and directories");
            }
            if (entry.directory()) {
                collect(prefix + entry.name() + "/", directory(entry.cluster()), paths, depth + 1, count);
            } else {
                paths.add(prefix + entry.name());
            }
        }
    }

    private record Entry(String name, String shortName, boolean directory, long cluster, long size) {}

    private List<Entry> entries(ByteBuffer directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        FatLongName longName = new FatLongName();
        for (int at = 0; at + ENTRY <= directory.limit() && directory.get(at) != 0; at += ENTRY) {
            ByteBuffer slot = directory.slice(at, ENTRY).order(directory.order());
            int attributes = slot.get(11);
            if ((slot.get(0) & 0xFF) == 0xE5) {
                longName.clear();
            } else if ((attributes & 0x3F) == 0x0F) {
                longName.add(slot);
            } else if ((attributes & VOLUME_LABEL) == 0) {
                Entry entry = entry(slot, longName);
                if (!entry.shortName().startsWith(".")) {
                    entries.add(entry);
                }
                longName.clear();
            }
        }
        return entries;
    }

    private Entry entry(ByteBuffer slot, FatLongName longName) {
        String base = text(slot, 0, 8).stripTrailing();
        String extension = text(slot, 8, 3).stripTrailing();
        int lowerCase = slot.get(12);
        String shortName = (lowerCase & 0x08) != 0 ? base.toLowerCase(Locale.ROOT) : base;
        if (!extension.isEmpty()) {
            shortName += "." + ((lowerCase & 0x10) != 0 ? extension.toLowerCase(Locale.ROOT) : extension);
        }
        long high = layout.bits() == 32 ? slot.getShort(20) & 0x0FFF : 0;
        return new Entry(
                longName.nameFor(slot).orElse(shortName),
                shortName,
                (slot.get(11) & DIRECTORY) != 0,
                high << 16 | slot.getShort(26) & 0xFFFF,
                slot.getInt(28) & 0xFFFFFFFFL);
    }

    private byte[] contents(Entry file) throws IOException {
        if (file.size() == 0) {
            return new byte[0];
        }
        if (file.size() > MAX_FILE) {
            throw new MediaException(file.name() + " has " + file.size() + " bytes, more than is read here");
        }
        ByteBuffer chain = chain(file.cluster(), file.size());
        if (chain.limit() < file.size()) {
            throw new MediaException(file.name() + " has " + file.size() + " bytes, its clusters " + chain.limit());
        }
        byte[] bytes = new byte[(int) file.size()];
        chain.get(0, bytes);
        return bytes;
    }

    private ByteBuffer root() throws IOException {
        return layout.bits() == 32
                ? directory(layout.rootCluster())
                : medium.at(layout.rootStart(), layout.rootEntries() * ENTRY);
    }

    private ByteBuffer directory(long cluster) throws IOException {
        ByteBuffer directory = chain(cluster, MAX_DIRECTORY + 1);
        if (directory.limit() > MAX_DIRECTORY) {
            throw new MediaException("a directory of more than " + MAX_DIRECTORY + " bytes");
        }
        return directory;
    }

    /** All clusters of a chain, one after the other; stops once {@code wanted} bytes are there. */
    private ByteBuffer chain(long first, long wanted) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long cluster = first;
        for (long steps = 0; !layout.isEnd(cluster) && bytes.size() < wanted; steps++) {
            if (!layout.isData(cluster) || steps > layout.clusters()) {
                throw new MediaException("a cluster chain leads to " + cluster + " or in a circle");
            }
            byte[] data = new byte[layout.clusterBytes()];
            medium.read(layout.clusterStart(cluster), data);
            bytes.writeBytes(data);
            cluster = next(cluster);
        }
        return ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long next(long cluster) throws IOException {
        long fat = layout.fatStart();
        return switch (layout.bits()) {
            case 12 -> {
                int pair = medium.at(fat + cluster + cluster / 2, 2).getShort() & 0xFFFF;
                yield cluster % 2 == 0 ? pair & 0xFFF : pair >> 4;
            }
            case 16 -> medium.at(fat + cluster * 2, 2).getShort() & 0xFFFF;
            default -> medium.at(fat + cluster * 4, 4).getInt() & 0x0FFFFFFF;
        };
    }

    private static String text(ByteBuffer buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
