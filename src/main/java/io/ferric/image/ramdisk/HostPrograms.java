package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Programs of this host, packed together with their loader and their shared libraries. Not thread safe. */
final class HostPrograms {
    /** Where the loader looks by itself, so that the ramdisk needs no {@code ld.so.cache}. */
    private static final List<String> LOADER_FOLDERS =
            List.of("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "lib64", "usr/lib64");

    private final Path root;
    private final List<Path> libraryFolders;
    private final Initramfs ramdisk;

    /**
     * @param root {@code /}, or the root of another tree of Debian packages
     */
    HostPrograms(Path root, Initramfs ramdisk) throws IOException {
        this.root = root;
        this.libraryFolders = folders(root);
        this.ramdisk = ramdisk;
    }

    /** A program from the usual folders. */
    Optional<Path> find(String name) {
        return Stream.of("usr/sbin", "usr/bin", "sbin", "bin")
                .map(folder -> root.resolve(folder).resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Busybox as {@code /bin/busybox} and {@code /bin/sh}.
     *
     * @throws ImageCreationException if it is missing or not static; the message has the line that cures it
     */
    void packBusybox() throws IOException {
        Path busybox = require("busybox", "busybox-static");
        if (Elf.of(busybox.toString(), Files.readAllBytes(busybox))
                .interpreter()
                .isPresent()) {
            throw new ImageCreationException(busybox + " is not the static one, which starts before any library is"
                    + " there; cure: apt-get install busybox-static");
        }
        ramdisk.file("bin/busybox", 0755, Content.of(busybox));
        ramdisk.link("bin/sh", "busybox");
        // the kernel itself calls modprobe by this name
        ramdisk.link("sbin/modprobe", "../bin/busybox");
    }

    /**
     * Packs a program under a path of the ramdisk.
     *
     * @throws ImageCreationException if it or one of its libraries is missing
     */
    void pack(String name, String debianPackage, String destination) throws IOException {
        pack(require(name, debianPackage), destination);
    }

    void pack(Path program, String destination) throws IOException {
        ramdisk.file(destination, 0755, Content.of(program));
        packLibraries(program);
    }

    /** Libraries that are loaded by name while a program runs, if the host has them. */
    void packLibrariesIfThere(String... names) throws IOException {
        for (String name : names) {
            if (library(name).isPresent()) {
                packLibrary(name, "a program");
            }
        }
    }

    private Path require(String name, String debianPackage) throws ImageCreationException {
        return find(name)
                .orElseThrow(() -> new ImageCreationException("the ramdisk needs " + name
                        + ", which is not on this host; cure: apt-get install " + debianPackage));
    }

    private void packLibraries(Path program) throws IOException {
        Elf elf = Elf.of(program.toString(), Files.readAllBytes(program));
        Optional<String> loader = elf.interpreter();
        if (loader.isPresent() && !ramdisk.has(loader.get())) {
            Path file = root.resolve(loader.get().substring(1));
            if (!Files.isRegularFile(file)) {
                throw new ImageCreationException(program + " is started by " + file + ", which is not there");
            }
            ramdisk.file(loader.get(), 0755, Content.of(file));
        }
        for (String name : elf.needed()) {
            packLibrary(name, program.toString());
        }
    }

    private void packLibrary(String name, String whose) throws IOException {
        Path file = library(name)
                .orElseThrow(() -> new ImageCreationException(
                        whose + " needs the shared library " + name + ", which is not in " + libraryFolders));
        String folder = root.relativize(file.getParent()).toString();
        String destination = (LOADER_FOLDERS.contains(folder) ? folder : LOADER_FOLDERS.get(0)) + "/" + name;
        if (!ramdisk.has(destination)) {
            ramdisk.file(destination, 0755, Content.of(file));
            packLibraries(file);
        }
    }

    private Optional<Path> library(String name) {
        return libraryFolders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static List<Path> folders(Path root) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        LOADER_FOLDERS.forEach(folder -> folders.add(root.resolve(folder)));
        for (Path file : configurations(root)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                lines.map(String::strip)
                        .filter(line -> line.startsWith("/"))
                        .forEach(line -> folders.add(root.resolve(line.substring(1))));
            }
        }
        return new ArrayList<>(folders);
    }

    private static List<Path> configurations(Path root) throws IOException {
        Path folder = root.resolve("etc/ld.so.conf.d");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
    }
}
