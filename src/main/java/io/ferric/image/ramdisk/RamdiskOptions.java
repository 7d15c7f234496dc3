package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What else goes into a deploy ramdisk.
 *
 * @param ca certificates (PEM) by which the ramdisk verifies the conductor's https; empty: those this host trusts
 * @param modules more kernel modules, by name; they are loaded when the ramdisk starts
 * @param includes more files, from their path in the ramdisk to the file or folder here
 * @param init the program the kernel starts; empty: Ferric's own with its helpers
 * @param hostRoot where programs and firmware are taken from
 */
public record RamdiskOptions(
        Optional<Path> ca, List<String> modules, Map<String, Path> includes, Optional<Content> init, Path hostRoot) {
    public RamdiskOptions {
        modules = List.copyOf(modules);
        includes = Collections.unmodifiableMap(new TreeMap<>(includes));
    }

    /** Nothing more, all from this host. */
    public static RamdiskOptions defaults() {
        return new RamdiskOptions(Optional.empty(), List.of(), Map.of(), Optional.empty(), Path.of("/"));
    }

    /** The same with these certificates. */
    public RamdiskOptions ca(Path pem) {
        return new RamdiskOptions(Optional.of(pem), modules, includes, init, hostRoot);
    }

    /** The same with these modules. */
    public RamdiskOptions modules(List<String> names) {
        return new RamdiskOptions(ca, names, includes, init, hostRoot);
    }

    /** The same with these files. */
    public RamdiskOptions includes(Map<String, Path> files) {
        return new RamdiskOptions(ca, modules, files, init, hostRoot);
    }

    /** The same with another program as {@code /init}. */
    public RamdiskOptions init(Content program) {
        return new RamdiskOptions(ca, modules, includes, Optional.of(program), hostRoot);
    }

    /** The same with programs from another tree. */
    public RamdiskOptions hostRoot(Path root) {
        return new RamdiskOptions(ca, modules, includes, init, root);
    }
}
