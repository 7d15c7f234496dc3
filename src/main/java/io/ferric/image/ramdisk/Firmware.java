package io.ferric.image.ramdisk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of firmware that the chosen modules ask for, as far as the host has them. */
final class Firmware {
    /** The packages of Debian (section non-free-firmware) that have what a module asks for. */
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("bnx2", "firmware-bnx2"),
            Map.entry("bnx2x", "firmware-bnx2x"),
            Map.entry("netxen_nic", "firmware-netxen"),
            Map.entry("qed", "firmware-qlogic"),
            Map.entry("qlcnic", "firmware-qlogic"),
            Map.entry("qla2xxx", "firmware-qlogic"),
            Map.entry("r8169", "firmware-realtek"));

    private static final String OTHERS = "firmware-misc-nonfree";

    private Firmware() {}

    /** Packs what is there; a sentence names the modules that will go without. */
    static Optional<String> pack(Collection<KernelModule> modules, Path hostRoot, Initramfs ramdisk) {
        Map<String, Integer> missing = new TreeMap<>();
        for (KernelModule module : modules) {
            for (String name : new TreeSet<>(module.firmware())) {
                Optional<Path> file = find(hostRoot.resolve("lib/firmware"), name);
                if (file.isPresent()) {
                    ramdisk.file("lib/firmware/" + name, 0644, Compressed.of(file.get()));
                } else {
                    missing.merge(module.name(), 1, Integer::sum);
                }
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(note(missing.keySet()));
    }

    private static Optional<Path> find(Path folder, String name) {
        return Stream.of("", ".xz", ".zst")
                .map(suffix -> folder.resolve(name + suffix).normalize())
                .filter(file -> file.startsWith(folder) && Files.isRegularFile(file))
                .findFirst();
    }

    private static String note(Set<String> modules) {
        Set<String> packages = new TreeSet<>();
        modules.forEach(module -> packages.add(PACKAGES.getOrDefault(module, OTHERS)));
        return "no firmware on this host for all that these drivers can drive: " + String.join(", ", modules)
                + "; if the server has one of them: apt-get install " + String.join(" ", packages)
                + " (section non-free-firmware)";
    }
}
