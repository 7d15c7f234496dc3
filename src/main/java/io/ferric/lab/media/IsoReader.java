package io.ferric.lab.media;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads ISO 9660 discs as a boot loader and a kernel do: the primary tree with Rock Ridge names where there are some,
 * the Joliet tree on request, and the El Torito boot catalogue (ECMA-119, IEEE P1282, El Torito 1.0).
 */
public final class IsoReader {
    /** The size of a sector in bytes. */
    public static final int SECTOR = 2048;

    private static final int FIRST_DESCRIPTOR = 16;
    private static final int MAX_DESCRIPTORS = 64;
    private static final int MAX_DEPTH = 32;
    /** Directories included: those of a damaged disc may contain each other. */
    private static final int MAX_ENTRIES = 100_000;

    private final Blocks medium;
    private final ByteBuffer primary;
    private final Optional<ByteBuffer> joliet;
    private final Optional<Long> bootCatalogue;

    private IsoReader(Blocks medium, ByteBuffer primary, Optional<ByteBuffer> joliet, Optional<Long> bootCatalogue) {
        this.medium = medium;
        this.primary = primary;
        this.joliet = joliet;
        this.bootCatalogue = bootCatalogue;
    }

    /** Reads the volume descriptors; a {@link MediaException} when there is no primary one. */
    public static IsoReader open(Blocks medium) throws IOException {
        Optional<ByteBuffer> primary = Optional.empty();
        Optional<ByteBuffer> joliet = Optional.empty();
        Optional<Long> catalogue = Optional.empty();
        for (int i = 0; i < MAX_DESCRIPTORS; i++) {
            ByteBuffer descriptor = medium.at((long) (FIRST_DESCRIPTOR + i) * SECTOR, SECTOR);
            if (!text(descriptor, 1, 5).equals("CD001")) {
                throw new MediaException("not an ISO 9660 disc: descriptor " + i + " lacks CD001");
            }
            int type = descriptor.get(0) & 0xFF;
            if (type == 255) {
                break;
            } else if (type == 1 && primary.isEmpty()) {
                primary = Optional.of(descriptor);
            } else if (type == 2 && text(descriptor, 88, 2).equals("%/")) {
                joliet = Optional.of(descriptor);
            } else if (type == 0 && text(descriptor, 7, 23).equals("EL TORITO SPECIFICATION")) {
                catalogue = Optional.of(descriptor.getInt(71) & 0xFFFFFFFFL);
            }
        }
        ByteBuffer found =
                primary.orElseThrow(() -> new MediaException("not an ISO 9660 disc: no primary volume descriptor"));
        return new IsoReader(medium, found, joliet, catalogue);
    }

    /** The volume label. */
    public String label() {
        return text(primary, 40, 32).stripTrailing();
    }

    /** The number of sectors that the volume says it has. */
    public long sectors() {
        return primary.getInt(80) & 0xFFFFFFFFL;
    }

    /** Finds a file; a path may use Rock Ridge names, or ISO names in any case without their version. */
    public IsoFile find(String path) throws IOException {
        IsoFile at = root();
        for (String name : path.replaceFirst("^/+", "").split("/")) {
            at = list(at, 0).stream()
                    .filter(file -> file.isCalled(name))
                    .findFirst()
                    .orElseThrow(() -> new FileNotFoundException("no " + path + " on the disc"));
        }
        return at;
    }

    /** All files of the primary tree by their paths, Rock Ridge names first choice. */
    public List<String> files() throws IOException {
        List<String> paths = new ArrayList<>();
        collect("", root(), paths, 0, new AtomicInteger());
        return List.copyOf(paths);
    }

    /** All files of the Joliet tree; empty when there is none. */
    public List<String> jolietFiles() throws IOException {
        List<String> paths = new ArrayList<>();
        if (joliet.isPresent()) {
            collect("", IsoFile.jolietRoot(joliet.get().slice(156, 34)), paths, 0, new AtomicInteger());
        }
        return List.copyOf(paths);
    }

    /** The entries of the boot catalogue; empty when the disc is not bootable. */
    public List<BootEntry> bootEntries() throws IOException {
        return bootCatalogue.isEmpty() ? List.of() : BootEntry.readAll(medium.at(bootCatalogue.get() * SECTOR, SECTOR));
    }

    /** Reads {@code length} bytes of a file from {@code offset}. */
    public byte[] read(IsoFile file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        contents(file).read(offset, bytes);
        return bytes;
    }

    /** The bytes of a file. */
    public Blocks contents(IsoFile file) {
        return file.extents(medium);
    }

    private IsoFile root() throws MediaException {
        return IsoFile.root(primary.slice(156, 34));
    }

    private void collect(String prefix, IsoFile directory, List<String> paths, int depth, AtomicInteger entries)
            throws IOException {
        for (IsoFile file : list(directory, depth)) {
            if (entries.incrementAndGet() > MAX_ENTRIES) {
                throw new MediaException("more than " + MAX_ENTRIES + " files and directories");
            }
            if (file.directory()) {
                collect(prefix + "/" + file.name(), file, paths, depth + 1, entries);
            } else {
                paths.add(prefix + "/" + file.name());
            }
        }
    }

    private List<IsoFile> list(IsoFile directory, int depth) throws IOException {
        if (!directory.directory() || depth > MAX_DEPTH) {
            throw new MediaException("no directory: " + directory.name());
        }
        return IsoDirectory.read(medium, directory);
    }

    static String text(ByteBuffer buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
