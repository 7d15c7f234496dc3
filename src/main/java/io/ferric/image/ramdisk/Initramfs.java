package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * The tree a kernel unpacks into its memory, written as a gzip-compressed cpio archive of the form "newc" (Linux,
 * Documentation/driver-api/early-userspace/buffer-format). All belongs to root and bears one fixed time, sorted by
 * path: the same files give the same bytes. Folders above a path come by themselves. Not thread safe.
 */
final class Initramfs {
    /** 1980-01-01, as on every image made here. */
    private static final long TIME = 315_532_800;

    private static final int BUFFER = 128 * 1024;

    private final SortedMap<String, Node> nodes = new TreeMap<>();

    private static final Node FOLDER = new Node(CpioConstants.C_ISDIR | 0755, Content.of(""), 0, 0);

    private record Node(int mode, Content content, int major, int minor) {
        boolean isFolder() {
            return (mode & CpioConstants.S_IFMT) == CpioConstants.C_ISDIR;
        }
    }

    Initramfs folder(String path) {
        return put(path, FOLDER);
    }

    Initramfs file(String path, int permissions, Content content) {
        return put(path, new Node(CpioConstants.C_ISREG | permissions, content, 0, 0));
    }

    Initramfs link(String path, String target) {
        return put(path, new Node(CpioConstants.C_ISLNK | 0777, Content.of(target), 0, 0));
    }

    Initramfs characterDevice(String path, int permissions, int major, int minor) {
        return put(path, new Node(CpioConstants.C_ISCHR | permissions, Content.of(""), major, minor));
    }

    boolean has(String path) {
        return nodes.containsKey(relative(path));
    }

    /** The files, links and devices in it; folders do not count. */
    int files() {
        return (int) nodes.values().stream().filter(node -> !node.isFolder()).count();
    }

    /** Writes it under a temporary name and moves it in place when it is complete. */
    void write(Path target) throws IOException {
        Path path = target.toAbsolutePath();
        if (!Files.isDirectory(path.getParent())) {
            throw new ImageCreationException(
                    "ramdisk " + target + " could not be written: there is no folder " + path.getParent());
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ImageCreationException("ramdisk cannot replace " + target + ": that is not a regular file");
        }
        Path temporary = Files.createTempFile(
                path.getParent(),
                ".ramdisk-",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-")));
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
                write(out);
            }
            move(temporary, path);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void write(OutputStream out) throws IOException {
        try (CpioArchiveOutputStream cpio =
                new CpioArchiveOutputStream(new GZIPOutputStream(out, BUFFER), CpioConstants.FORMAT_NEW)) {
            long inode = 1;
            for (Map.Entry<String, Node> each : nodes.entrySet()) {
                write(cpio, each.getKey(), each.getValue(), inode++);
            }
        }
    }

    private static void write(CpioArchiveOutputStream cpio, String path, Node node, long inode) throws IOException {
        CpioArchiveEntry entry = new CpioArchiveEntry(
                CpioConstants.FORMAT_NEW, path, node.content().size());
        entry.setMode(node.mode());
        entry.setTime(TIME);
        entry.setInode(inode);
        entry.setNumberOfLinks(node.isFolder() ? 2 : 1);
        entry.setRemoteDeviceMaj(node.major());
        entry.setRemoteDeviceMin(node.minor());
        cpio.putArchiveEntry(entry);
        try (InputStream in = node.content().open()) {
            in.transferTo(cpio);
        }
        cpio.closeArchiveEntry();
    }

    private Initramfs put(String path, Node node) {
        String name = relative(path);
        for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
            Node above = nodes.computeIfAbsent(name.substring(0, slash), folder -> FOLDER);
            if (!above.isFolder()) {
                throw new IllegalArgumentException("path '" + path + "' in the ramdisk lies below '"
                        + name.substring(0, slash) + "', which is no folder there");
            }
        }
        nodes.put(name, node);
        return this;
    }

    private static String relative(String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("path '" + path + "' in the ramdisk has an empty, '.' or '..' part");
            }
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("path '" + path + "' in the ramdisk is not plain ASCII");
        }
        return name;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
