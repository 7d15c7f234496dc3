package io.ferric.image.ramdisk;

import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The host's package manager, asked for packages only: it installs nothing and needs no root. */
final class Apt {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
    private static final Pattern DEPENDS = Pattern.compile("^[ |]*Depends: (\\S+)$", Pattern.MULTILINE);

    /** Into what the distributions divide a kernel. */
    private static final Pattern PART = Pattern.compile("linux-(image|binary|modules|modules-extra)-.+");

    private static final int MOST_PARTS = 16;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Path programs;

    /**
     * @param programs the folder of {@code apt-get} and {@code apt-cache}
     */
    Apt(Path programs) {
        this.programs = programs;
    }

    static Apt ofThisHost() {
        return new Apt(Path.of("/usr/bin"));
    }

    /** Downloads a kernel package and the parts it depends on. */
    List<Path> download(String name, Path folder) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new ImageCreationException("kernel package '" + name
                    + "' is neither the name of a Debian package nor a .deb file that is there");
        }
        for (String program : List.of("apt-get", "apt-cache")) {
            if (!Files.isExecutable(programs.resolve(program))) {
                throw new ImageCreationException("this host has no " + program + " to download " + name
                        + "; cure: run 'apt-get download' on a Debian host and give the .deb file, or give"
                        + " --kernel and --modules");
            }
        }
        List<String> command = new ArrayList<>(List.of("apt-get", "-q", "download"));
        command.addAll(parts(name, folder));
        run(name, folder, command);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
        }
    }

    private Set<String> parts(String name, Path folder) throws IOException {
        Set<String> parts = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty() && parts.size() < MOST_PARTS) {
            String part = open.remove();
            if (parts.add(part)) {
                Matcher depends = DEPENDS.matcher(run(part, folder, List.of("apt-cache", "depends", part)));
                while (depends.find()) {
                    Optional.of(depends.group(1))
                            .filter(other -> PART.matcher(other).matches())
                            .ifPresent(open::add);
                }
            }
        }
        return parts;
    }

    private String run(String name, Path folder, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(words);
        command.set(0, programs.resolve(words.get(0)).toString());
        Path said = Files.createTempFile(folder, "apt", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(said, StandardCharsets.ISO_8859_1);
            if (!ended || process.exitValue() != 0) {
                throw new ImageCreationException(String.join(" ", words) + (ended ? " failed: " : " did not end: ")
                        + reason(text) + "; cure: apt-get update, or look for the name of the package by"
                        + " apt-cache search --names-only linux-image (wanted: " + name + ")");
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while apt was at work").initCause(e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(said);
        }
    }

    private static String reason(String text) {
        return text.lines()
                .filter(line -> line.startsWith("E: "))
                .map(line -> line.substring(3))
                .findFirst()
                .orElse("it says nothing about why");
    }
}
