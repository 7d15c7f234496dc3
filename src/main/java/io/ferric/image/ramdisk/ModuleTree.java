package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules of a kernel, found by name; each is read when it is asked for. Not thread safe. */
final class ModuleTree {
    private static final Pattern MODULE = Pattern.compile(".+\\.ko(\\.gz|\\.xz|\\.zst)?");

    private final Kernel kernel;
    private final Map<String, Path> files = new HashMap<>();
    private final Set<String> builtin = new HashSet<>();

    private ModuleTree(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * @throws ImageCreationException if there is not one module
     */
    static ModuleTree of(Kernel kernel) throws IOException {
        ModuleTree tree = new ModuleTree(kernel);
        try (Stream<Path> all = Files.walk(kernel.modulesDir())) {
            all.filter(path -> MODULE.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .forEach(tree::index);
        }
        if (tree.files.isEmpty()) {
            throw new ImageCreationException("there are no kernel modules (*.ko, *.ko.xz, *.ko.zst) below "
                    + kernel.modulesDir() + "; give --modules the folder /lib/modules/" + kernel.version()
                    + " of a complete installation");
        }
        Path list = kernel.modulesDir().resolve("modules.builtin");
        if (Files.isRegularFile(list)) {
            try (Stream<String> lines = Files.lines(list, StandardCharsets.ISO_8859_1)) {
                lines.map(line -> KernelModule.nameOf(line.substring(line.lastIndexOf('/') + 1)))
                        .forEach(tree.builtin::add);
            }
        }
        return tree;
    }

    /** What was put in later goes before what came with the kernel, as depmod has it. */
    private void index(Path file) {
        String name = KernelModule.nameOf(file.getFileName().toString());
        boolean later = !kernel.modulesDir().relativize(file).startsWith("kernel");
        files.merge(name, file, (old, other) -> later ? other : old);
    }

    boolean isBuiltin(String name) {
        return builtin.contains(KernelModule.nameOf(name));
    }

    /** The description of a module; none if there is no such file. */
    Optional<KernelModule> find(String name) throws IOException {
        Path file = files.get(KernelModule.nameOf(name));
        if (file == null) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Compressed.of(file).open()) {
            bytes = in.readAllBytes();
        }
        List<String> info = Elf.of("kernel module " + file, bytes).moduleInfo();
        KernelModule module = KernelModule.of(KernelModule.nameOf(name), pathInRamdisk(file), info);
        String built = module.kernelVersion();
        if (!built.isEmpty() && !built.equals(kernel.version())) {
            throw new ImageCreationException("kernel module " + file + " is for kernel " + built
                    + ", but the kernel is " + kernel.version() + "; give --kernel and --modules of one version");
        }
        return Optional.of(module);
    }

    /** The module itself, unpacked. */
    Content content(KernelModule module) {
        return Compressed.of(files.get(module.name()));
    }

    private String pathInRamdisk(Path file) {
        return Compressed.plainName(kernel.modulesDir().relativize(file).toString());
    }
}
