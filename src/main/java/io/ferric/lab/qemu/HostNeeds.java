package io.ferric.lab.qemu;

import io.ferric.lab.ilo.FirmwareMode;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Programs and files of this host that something needs, each with the Debian package that brings it. Collect them, then
 * {@link #check()} once: the error names everything that is missing and the one command that cures it.
 */
public final class HostNeeds {
    /** QEMU itself. */
    public static final String QEMU = "qemu-system-x86_64";

    /** Firmware images for UEFI and the variable stores that go with them, in the order they are looked at. */
    private static final Map<Path, Path> OVMF = new LinkedHashMap<>();

    static {
        OVMF.put(Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd"), Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd"));
        OVMF.put(Path.of("/usr/share/OVMF/OVMF_CODE.fd"), Path.of("/usr/share/OVMF/OVMF_VARS.fd"));
        OVMF.put(Path.of("/usr/share/edk2/ovmf/OVMF_CODE.fd"), Path.of("/usr/share/edk2/ovmf/OVMF_VARS.fd"));
    }

    private final List<Path> folders;
    private final Map<String, String> missing = new LinkedHashMap<>();

    private HostNeeds(List<Path> folders) {
        this.folders = folders;
    }

    /** Looks for programs on the PATH and in the folders for the administrator's programs. */
    public static HostNeeds onThisHost() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/local/sbin:/usr/sbin:/sbin";
        return in(Stream.of(path.split(":"))
                .filter(each -> !each.isEmpty())
                .map(Path::of)
                .toList());
    }

    static HostNeeds in(List<Path> folders) {
        return new HostNeeds(folders);
    }

    /** What a virtual machine with this firmware needs. */
    public HostNeeds machine(FirmwareMode firmware) {
        program(QEMU, "qemu-system-x86");
        if (firmware == FirmwareMode.UEFI && firmware().isEmpty()) {
            missing.put("OVMF_CODE_4M.fd", "ovmf");
        }
        return this;
    }

    /** Adds a program. */
    public HostNeeds program(String name, String debianPackage) {
        if (find(name).isEmpty()) {
            missing.put(name, debianPackage);
        }
        return this;
    }

    /** Adds files of which one is enough. */
    public HostNeeds anyFile(List<Path> places, String debianPackage) {
        if (places.stream().noneMatch(Files::isReadable)) {
            missing.put(places.get(0).toString(), debianPackage);
        }
        return this;
    }

    /** @throws FileNotFoundException naming what is missing and how to get it */
    public void check() throws FileNotFoundException {
        if (!missing.isEmpty()) {
            throw new FileNotFoundException("this host lacks " + String.join(", ", missing.keySet())
                    + "; cure: apt-get install -y " + String.join(" ", new TreeSet<>(missing.values())));
        }
    }

    /** Where a program is. */
    Optional<Path> find(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The program, or its bare name when it is nowhere. */
    static String path(String program) {
        return onThisHost().find(program).map(Path::toString).orElse(program);
    }

    /** The firmware for UEFI and the empty variable store to copy for it. */
    static Optional<Map.Entry<Path, Path>> firmware() {
        return new ArrayList<>(OVMF.entrySet())
                .stream()
                        .filter(pair -> Files.isReadable(pair.getKey()) && Files.isReadable(pair.getValue()))
                        .findFirst();
    }
}
