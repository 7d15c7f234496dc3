package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The modules chosen for a ramdisk with all they need, in an order in which they can be loaded, and the tables by which
 * {@code modprobe} finds them there. Not thread safe.
 */
final class ModuleSet {
    private final Kernel kernel;
    private final ModuleTree tree;
    private final Map<String, KernelModule> chosen = new LinkedHashMap<>();
    private final Set<String> atOnce = new LinkedHashSet<>();
    private final Set<String> absent = new TreeSet<>();
    private final Set<String> beingChosen = new LinkedHashSet<>();

    private ModuleSet(Kernel kernel, ModuleTree tree) {
        this.kernel = kernel;
        this.tree = tree;
    }

    static ModuleSet of(Kernel kernel) throws IOException {
        return new ModuleSet(kernel, ModuleTree.of(kernel));
    }

    /** Adds the families' modules as far as this kernel has them. */
    void add(Collection<DriverFamily> families) throws IOException {
        for (DriverFamily family : families) {
            for (String name : family.modules()) {
                add(name, family.when() == DriverFamily.When.AT_ONCE);
            }
        }
    }

    /**
     * Adds one module that the user named; it is loaded when the ramdisk starts, whether a device calls for it or not.
     *
     * @throws ImageCreationException if the kernel does not have it
     */
    void require(String name) throws IOException {
        add(name, true);
        if (absent.contains(KernelModule.nameOf(name))) {
            throw new ImageCreationException(
                    "kernel " + kernel.version() + " has no module '" + name + "', neither as a file nor built in");
        }
    }

    private void add(String name, boolean now) throws IOException {
        String plain = KernelModule.nameOf(name);
        if (!choose(plain)) {
            absent.add(plain);
        } else if (now && chosen.containsKey(plain)) {
            KernelModule module = chosen.get(plain);
            Stream.of(module.softBefore(), List.of(plain), module.softAfter())
                    .flatMap(List::stream)
                    .filter(chosen::containsKey)
                    .forEach(atOnce::add);
        }
    }

    /** Depth first: what a module needs comes before it. */
    private boolean choose(String name) throws IOException {
        if (chosen.containsKey(name) || tree.isBuiltin(name)) {
            return true;
        }
        KernelModule module = tree.find(name).orElse(null);
        if (module == null) {
            return false;
        }
        chooseNeeds(module);
        chosen.put(name, module);
        for (String wanted : Stream.of(module.softBefore(), module.softAfter())
                .flatMap(List::stream)
                .toList()) {
            choose(wanted);
        }
        return true;
    }

    private void chooseNeeds(KernelModule module) throws IOException {
        if (!beingChosen.add(module.name())) {
            throw new ImageCreationException("kernel modules " + String.join(", ", beingChosen) + " need each other");
        }
        for (String needed : module.needs()) {
            if (!choose(needed)) {
                throw new ImageCreationException("kernel module " + module.name() + " needs " + needed
                        + ", which is not below " + kernel.modulesDir() + "; the tree of modules is not complete");
            }
        }
        beingChosen.remove(module.name());
    }

    /** Whether any module of this use is there, as a file or in the kernel. */
    boolean serves(DriverFamily.Use use) {
        return DriverFamily.of(use)
                .filter(family -> family.when() == DriverFamily.When.BY_DEVICE)
                .flatMap(family -> family.modules().stream())
                .anyMatch(name -> chosen.containsKey(name) || tree.isBuiltin(name));
    }

    /** Those wanted that this kernel does not have. */
    Set<String> absent() {
        return Collections.unmodifiableSet(absent);
    }

    Collection<KernelModule> modules() {
        return Collections.unmodifiableCollection(chosen.values());
    }

    /** Puts the modules and their tables in, and the list of those to load at once. */
    void pack(Initramfs ramdisk) throws IOException {
        String folder = "lib/modules/" + kernel.version() + "/";
        for (KernelModule module : chosen.values()) {
            ramdisk.file(folder + module.path(), 0644, tree.content(module));
        }
        ramdisk.file(folder + "modules.dep", 0644, Content.of(dependencies()));
        ramdisk.file(folder + "modules.alias", 0644, Content.of(aliases()));
        ramdisk.file(folder + "modules.softdep", 0644, Content.of(softDependencies()));
        Path builtin = kernel.modulesDir().resolve("modules.builtin");
        if (Files.isRegularFile(builtin)) {
            ramdisk.file(folder + "modules.builtin", 0644, Content.of(builtin));
        }
        ramdisk.file("lib/ferric/modules", 0644, Content.of(lines(atOnce)));
    }

    /** A line a module: all it needs, in such an order that loading from the right is right, as depmod writes it. */
    private String dependencies() {
        List<String> lines = new ArrayList<>();
        for (KernelModule module : chosen.values()) {
            Set<String> needed = new LinkedHashSet<>();
            collect(module, needed);
            List<String> paths = new ArrayList<>(needed);
            Collections.reverse(paths);
            paths.add(0, module.path() + ":");
            lines.add(String.join(" ", paths));
        }
        return lines(lines);
    }

    private void collect(KernelModule module, Set<String> paths) {
        for (String name : module.needs()) {
            KernelModule needed = chosen.get(name);
            if (needed != null) {
                collect(needed, paths);
                paths.add(needed.path());
            }
        }
    }

    /**
     * The modprobe of busybox does not read {@code modules.softdep}; so a soft dependency answers to the same devices
     * as the module that wishes for it, before or after it.
     */
    private String aliases() {
        List<String> lines = new ArrayList<>();
        for (KernelModule module : chosen.values()) {
            for (String alias : module.aliases()) {
                Stream.of(module.softBefore(), List.of(module.name()), module.softAfter())
                        .flatMap(List::stream)
                        .filter(chosen::containsKey)
                        .forEach(name -> lines.add("alias " + alias + " " + name));
            }
        }
        return lines(lines);
    }

    private String softDependencies() {
        List<String> lines = new ArrayList<>();
        for (KernelModule module : chosen.values()) {
            if (!module.softBefore().isEmpty() || !module.softAfter().isEmpty()) {
                lines.add("softdep " + module.name() + part(" pre: ", module.softBefore())
                        + part(" post: ", module.softAfter()));
            }
        }
        return lines(lines);
    }

    private static String part(String title, List<String> names) {
        return names.isEmpty() ? "" : title + String.join(" ", names);
    }

    private static String lines(Collection<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
