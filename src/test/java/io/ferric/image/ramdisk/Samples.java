package io.ferric.image.ramdisk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/** Tiny kernels, modules, programs and packages, made byte by byte. */
final class Samples {
    static final String VERSION = "6.1.0-99-test";

    private Samples() {}

    /** The beginning of a bzImage that calls itself so. */
    static byte[] kernel(String version) {
        ByteBuffer image = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0x202, "HdrS".getBytes(StandardCharsets.US_ASCII));
        image.putShort(0x20e, (short) 0x400);
        image.put(0x600, (version + " (someone@example.org) #1 SMP\0").getBytes(StandardCharsets.US_ASCII));
        return image.array();
    }

    /** An ELF file with sections: nothing, the module's information, the sections' names. */
    static byte[] module(String... info) {
        byte[] text = (String.join("\0", info) + "\0vermagic=" + VERSION + " SMP mod_unload \0")
                .getBytes(StandardCharsets.UTF_8);
        return moduleOf(text);
    }

    static byte[] moduleOf(byte[] text) {
        byte[] names = "\0.modinfo\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer elf = elf(64 + text.length + names.length + 3 * 64);
        int namesAt = 64 + text.length;
        int sectionsAt = namesAt + names.length;
        elf.putLong(40, sectionsAt).putShort(58, (short) 64).putShort(60, (short) 3);
        elf.putShort(62, (short) 2);
        elf.put(64, text).put(namesAt, names);
        section(elf, sectionsAt + 64, 1, 64, text.length);
        section(elf, sectionsAt + 128, 10, namesAt, names.length);
        return elf.array();
    }

    private static void section(ByteBuffer elf, int at, int name, int offset, int size) {
        elf.putInt(at, name).putInt(at + 4, 1).putLong(at + 24, offset).putLong(at + 32, size);
    }

    /** A program or library; a static one has no interpreter ("") and needs nothing. */
    static byte[] program(String interpreter, String... libraries) {
        StringBuilder strings = new StringBuilder("\0");
        List<Long> names = new ArrayList<>();
        for (String library : libraries) {
            names.add((long) strings.length());
            strings.append(library).append('\0');
        }
        byte[] text = strings.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] loader = (interpreter + "\0").getBytes(StandardCharsets.US_ASCII);
        int textAt = 64 + 3 * 56;
        int loaderAt = textAt + text.length;
        int dynamicAt = loaderAt + loader.length;
        int dynamicSize = 16 * (libraries.length + 2);
        ByteBuffer elf = elf(dynamicAt + dynamicSize);
        elf.putLong(32, 64).putShort(54, (short) 56);
        elf.putShort(56, (short) (interpreter.isEmpty() && libraries.length == 0 ? 1 : 3));
        long base = 0x400000;
        segment(elf, 64, new long[] {1, 0, base, elf.capacity()});
        segment(elf, 64 + 56, new long[] {2, dynamicAt, base + dynamicAt, dynamicSize});
        segment(elf, 64 + 112, new long[] {interpreter.isEmpty() ? 4 : 3, loaderAt, base + loaderAt, loader.length});
        elf.put(textAt, text).put(loaderAt, loader);
        int at = dynamicAt;
        for (long name : names) {
            elf.putLong(at, 1).putLong(at + 8, name);
            at += 16;
        }
        elf.putLong(at, 5).putLong(at + 8, base + textAt);
        return elf.array();
    }

    private static void segment(ByteBuffer elf, int at, long[] typeOffsetAddressSize) {
        elf.putInt(at, (int) typeOffsetAddressSize[0]);
        elf.putLong(at + 8, typeOffsetAddressSize[1]).putLong(at + 16, typeOffsetAddressSize[2]);
        elf.putLong(at + 32, typeOffsetAddressSize[3]);
    }

    private static ByteBuffer elf(int size) {
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        return elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    }

    /** A kernel with modules, from the path below the folder of its version to the content. */
    static Kernel kernelWith(Path folder, Map<String, byte[]> modules) throws IOException {
        Path tree = folder.resolve("lib/modules").resolve(VERSION);
        for (Map.Entry<String, byte[]> each : modules.entrySet()) {
            write(tree.resolve(each.getKey()), each.getValue());
        }
        Path vmlinuz = write(folder.resolve("boot/vmlinuz-" + VERSION), kernel(VERSION));
        return Kernel.of(vmlinuz, Files.createDirectories(tree));
    }

    /** The least a deploy ramdisk is built from. */
    static Map<String, byte[]> fewModules() {
        Map<String, byte[]> modules = new LinkedHashMap<>();
        modules.put("kernel/drivers/scsi/hpsa.ko", module("depends=scsi_mod", "alias=pci:v0000103Cd*"));
        modules.put("kernel/drivers/scsi/scsi_mod.ko", module());
        modules.put("kernel/drivers/net/tg3.ko", module("alias=pci:v000014E4d*", "firmware=tigon/tg3.bin"));
        modules.put("kernel/drivers/scsi/sd_mod.ko", module("depends=scsi_mod"));
        return modules;
    }

    /** The root of a host with the programs a ramdisk takes along. */
    static Path host(Path root) throws IOException {
        String loader = "/lib64/ld-linux-x86-64.so.2";
        write(root.resolve("usr/bin/busybox"), program(""));
        write(root.resolve("usr/bin/curl"), program(loader, "libcurl.so.4", "libc.so.6"));
        write(root.resolve("usr/sbin/tgtd"), program(loader, "libaio.so.1", "libc.so.6"));
        write(root.resolve("usr/sbin/tgtadm"), program(loader, "libc.so.6"));
        write(root.resolve("lib64/ld-linux-x86-64.so.2"), program(""));
        write(root.resolve("lib/x86_64-linux-gnu/libc.so.6"), program(loader, "ld-linux-x86-64.so.2"));
        write(root.resolve("lib/x86_64-linux-gnu/libaio.so.1"), program("", "libc.so.6"));
        write(root.resolve("opt/own/libcurl.so.4"), program("", "libc.so.6", "libaio.so.1"));
        write(root.resolve("etc/ld.so.conf.d/own.conf"), "# mine\n/opt/own\n".getBytes(StandardCharsets.UTF_8));
        write(root.resolve("etc/ssl/certs/ca-certificates.crt"), "PEM".getBytes(StandardCharsets.UTF_8));
        return root;
    }

    /**
     * A Debian package.
     *
     * @param data the name of the member with the files, whose suffix tells the compression
     * @param files paths to contents; a content that begins with {@code ->} makes a symbolic link
     */
    static Path debianPackage(Path file, String data, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(compress(data, packed))) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                String text = new String(each.getValue(), StandardCharsets.ISO_8859_1);
                boolean link = text.startsWith("->");
                TarArchiveEntry entry = link
                        ? new TarArchiveEntry(each.getKey(), TarConstants.LF_SYMLINK)
                        : new TarArchiveEntry(each.getKey());
                entry.setLinkName(link ? text.substring(2) : "");
                entry.setSize(link ? 0 : each.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(each.getValue(), 0, (int) entry.getSize());
                tar.closeArchiveEntry();
            }
        }
        Files.createDirectories(file.getParent());
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(Files.newOutputStream(file))) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(ar, "control.tar.gz", new byte[3]);
            member(ar, data, packed.toByteArray());
        }
        return file;
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    static byte[] compressed(String name, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = compress(name, packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static OutputStream compress(String name, OutputStream out) throws IOException {
        if (name.endsWith(".xz")) {
            return new XZCompressorOutputStream(out);
        }
        if (name.endsWith(".zst")) {
            return new ZstdCompressorOutputStream(out);
        }
        return name.endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }

    static Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** What lies in a ramdisk under a path. */
    record Packed(long mode, byte[] bytes, long major, long minor) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static Map<String, Packed> contents(Path ramdisk) throws IOException {
        Map<String, Packed> found = new LinkedHashMap<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(ramdisk));
                CpioArchiveInputStream cpio = new CpioArchiveInputStream(in)) {
            for (CpioArchiveEntry entry = cpio.getNextEntry(); entry != null; entry = cpio.getNextEntry()) {
                found.put(
                        entry.getName(),
                        new Packed(
                                entry.getMode(),
                                cpio.readAllBytes(),
                                entry.getRemoteDeviceMaj(),
                                entry.getRemoteDeviceMin()));
            }
        }
        return found;
    }
}
