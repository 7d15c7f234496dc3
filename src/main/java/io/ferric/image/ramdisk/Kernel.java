package io.ferric.image.ramdisk;

import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Linux kernel for x86-64 and the modules built with it.
 *
 * @param vmlinuz the kernel, a bzImage
 * @param modulesDir the folder of its modules, as {@code /lib/modules/6.1.0-56-amd64}
 * @param version what it calls itself, as {@code uname -r} prints it
 */
public record Kernel(Path vmlinuz, Path modulesDir, String version) {
    /** Setup code of a bzImage is at most 64 sectors long; the version's text lies in it. */
    private static final int LONGEST_SETUP = 64 * 512;

    private static final int MAGIC_AT = 0x202;
    private static final int MAGIC = 0x53726448;
    private static final int VERSION_POINTER_AT = 0x20e;

    /**
     * A kernel and its modules from files.
     *
     * @param modules the folder of the kernel's version, the folder of all versions, or the root of a tree with
     *     {@code lib/modules}
     * @throws ImageCreationException if the kernel is no bzImage or there are no modules of its version
     */
    public static Kernel of(Path kernel, Path modules) throws IOException {
        String version = versionOf(kernel);
        return new Kernel(kernel, modulesOf(version, modules), version);
    }

    /** Reads it from the header (Linux, Documentation/arch/x86/boot.rst: kernel_version). */
    private static String versionOf(Path kernel) throws IOException {
        if (!Files.isRegularFile(kernel)) {
            throw new ImageCreationException("kernel " + kernel + " is no file that is there");
        }
        ByteBuffer setup;
        try (InputStream in = Files.newInputStream(kernel)) {
            setup = ByteBuffer.wrap(in.readNBytes(LONGEST_SETUP)).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (setup.limit() < 0x240 || setup.getInt(MAGIC_AT) != MAGIC) {
            throw new ImageCreationException("kernel " + kernel
                    + " is no Linux bzImage for x86 (no 'HdrS' at 0x202); give the file that is called vmlinuz-...");
        }
        int at = 0x200 + Short.toUnsignedInt(setup.getShort(VERSION_POINTER_AT));
        int end = at;
        while (end < setup.limit() && setup.get(end) > ' ') {
            end++;
        }
        if (at == 0x200 || end >= setup.limit() || end == at) {
            throw new ImageCreationException("kernel " + kernel + " does not say its version in its header");
        }
        return new String(setup.array(), at, end - at, StandardCharsets.US_ASCII);
    }

    private static Path modulesOf(String version, Path folder) throws IOException {
        Path plain = folder.toAbsolutePath().normalize();
        for (Path candidate : List.of(
                plain, plain.resolve(version), plain.resolve("lib/modules").resolve(version))) {
            if (candidate.endsWith(version) && Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new ImageCreationException("the kernel is version " + version + ", but " + folder
                + " has no modules of that version" + whatIsThere(plain)
                + "; give the folder /lib/modules/" + version + " that belongs to this kernel");
    }

    private static String whatIsThere(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return ": there is no such folder";
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.map(path -> path.getFileName().toString())
                    .sorted()
                    .limit(5)
                    .toList();
            return names.isEmpty() ? ": it is empty" : ": it has " + String.join(", ", names);
        }
    }
}
