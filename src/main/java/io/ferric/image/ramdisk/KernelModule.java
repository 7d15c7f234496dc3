package io.ferric.image.ramdisk;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a kernel module says of itself in its section {@code .modinfo}.
 *
 * @param name with {@code _} only, as {@code lsmod} prints it
 * @param path where it lies below the folder of its version, without the suffix of a compression
 * @param needs modules whose symbols it uses
 * @param softBefore modules that are to be loaded before it if they are there (softdep pre)
 * @param softAfter the same, after it (softdep post)
 * @param aliases patterns of the devices it drives
 * @param firmware files it asks for, below {@code /lib/firmware}
 * @param kernelVersion the kernel it was built for; empty if it does not say
 */
record KernelModule(
        String name,
        String path,
        List<String> needs,
        List<String> softBefore,
        List<String> softAfter,
        List<String> aliases,
        List<String> firmware,
        String kernelVersion) {

    static KernelModule of(String name, String path, List<String> info) {
        return new KernelModule(
                name,
                path,
                all(info, "depends").flatMap(list -> names(list, ",")).toList(),
                soft(info, "pre:"),
                soft(info, "post:"),
                all(info, "alias").toList(),
                all(info, "firmware").toList(),
                all(info, "vermagic")
                        .map(magic -> magic.split(" ")[0])
                        .findFirst()
                        .orElse(""));
    }

    /** {@code crc32c-intel.ko.xz}, {@code crc32c-intel} and {@code crc32c_intel} are one module. */
    static String nameOf(String file) {
        return Compressed.plainName(file).replaceFirst("\\.ko$", "").replace('-', '_');
    }

    private static Stream<String> all(List<String> info, String key) {
        return info.stream()
                .filter(entry -> entry.startsWith(key + "="))
                .map(entry -> entry.substring(key.length() + 1));
    }

    /** Reads {@code softdep=pre: a b post: c}. */
    private static List<String> soft(List<String> info, String which) {
        return all(info, "softdep")
                .flatMap(line -> Arrays.stream(line.split("(?=\\b(pre|post):)")))
                .map(String::strip)
                .filter(part -> part.startsWith(which))
                .flatMap(part -> names(part.substring(which.length()), "\\s+"))
                .toList();
    }

    private static Stream<String> names(String list, String separator) {
        return Arrays.stream(list.strip().split(separator))
                .filter(name -> !name.isEmpty())
                .map(KernelModule::nameOf);
    }
}
