package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.testkit.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A made-up machine for the ramdisk's scripts: a folder that plays {@code /}, and stand-ins for every command that would
 * change a real machine, which note how they were called. The scripts are the ones that are packed.
 */
final class InitSandbox implements AutoCloseable {
    private static final List<String> PARTS = List.of(
            "settings",
            "say",
            "system",
            "media",
            "address",
            "network",
            "disk",
            "target",
            "conductor",
            "notify",
            "bootloader");
    private static final List<String> DANGEROUS = List.of(
            "mount",
            "umount",
            "modprobe",
            "reboot",
            "ip",
            "ping",
            "udhcpc",
            "findfs",
            "nslookup",
            "blockdev",
            "chroot",
            "tgtd",
            "tgtadm",
            "switch_root");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final List<String> shell;
    private final TreeSet<String> standIns = new TreeSet<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();

    InitSandbox(Path folder, List<String> shell) {
        this.folder = folder;
        this.shell = shell;
        for (String part : PARTS) {
            copy(part + ".sh", "lib/ferric/" + part + ".sh");
        }
        copy("udhcpc.sh", "lib/ferric/udhcpc.sh");
        copy("heard.sh", "lib/ferric/heard.sh");
        copy("deploy-init", "init");
        copy("instance-init", "instance-init");
        file("lib/ferric/modules", "sd_mod\nvfat\n");
        DANGEROUS.forEach(command -> standIn(command, ""));
        set("PAUSE", "0.02").set("QUIET_LOOKS", "1");
    }

    /** The shell that every Unix has; the one of Debian is dash. */
    static List<String> anyShell() {
        return List.of("/bin/sh");
    }

    /** The shell that runs in the ramdisk. */
    static List<String> busyboxShell() {
        return List.of(Peer.require("busybox").path().toString(), "sh");
    }

    Path root() {
        return folder.resolve("root");
    }

    Path path(String name) {
        return root().resolve(name);
    }

    InitSandbox set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    InitSandbox file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    InitSandbox file(String name, byte[] content) {
        try {
            Files.createDirectories(path(name).getParent());
            Files.write(path(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a command in the place of a real one; {@code body} is what it does after noting its arguments. */
    InitSandbox standIn(String command, String body) {
        standIns.add(command);
        String script = "#!/bin/sh\nprintf '%s\\n' \"" + command + " $*\" >>'" + calls() + "'\n" + body + "\n";
        try {
            Path program = Files.createDirectories(folder.resolve("bin")).resolve(command);
            Files.writeString(program, script);
            assertThat(program.toFile().setExecutable(true)).isTrue();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a disk to sysfs; {@code attributes} are "model=X", "removable=1" and so on, as files of the kernel. */
    InitSandbox disk(String name, long gibibytes, String... attributes) {
        String block = "sys/block/" + name + "/";
        file("dev/" + name.replace('!', '/'), "");
        file(block + "size", gibibytes * 2097152 + "\n");
        file(block + "removable", "0\n");
        file(block + "ro", "0\n");
        for (String attribute : attributes) {
            String[] words = attribute.split("=", 2);
            boolean ofBlock = List.of("size", "removable", "ro", "hidden", "serial", "wwid")
                    .contains(words[0]);
            file(block + (ofBlock ? "" : "device/") + words[0], words[1] + "\n");
        }
        return this;
    }

    InitSandbox card(String name, String address, boolean linked) {
        String card = "sys/class/net/" + name + "/";
        return file(card + "device/modalias", "pci:x\n")
                .file(card + "address", address + "\n")
                .file(card + "carrier", linked ? "1\n" : "0\n");
    }

    InitSandbox parameters(String... lines) {
        return file("run/ferric/parameters", String.join("\n", lines) + "\n");
    }

    /** Sources all parts and runs {@code commands}; answers what they printed. */
    String run(String commands) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            Process process = start(
                    "for part in " + String.join(" ", PARTS) + "; do . \"$FERRIC_LIB/$part.sh\"; done\n"
                            + "mkdir -p \"$RUN\"; touch \"$LOG\" \"$RUN/parameters\"; echo none >\"$RUN/aliases\"\n"
                            + commands,
                    output);
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("did not end: " + commands + "\n" + console());
            }
            return Files.readString(output, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Runs a whole script, such as {@code init}, which may never end; close ends it. */
    Process boot(String script) {
        return start(". \"$FERRIC_ROOT/" + script + "\"\n", folder.resolve("boot.txt"));
    }

    private Process start(String commands, Path output) {
        StringBuilder script = new StringBuilder("set -u\nmkdir -p \"$FERRIC_ROOT/dev\" \"$FERRIC_ROOT/proc\"\n");
        // Debian's busybox shell prefers its own applets to what PATH says, but not to functions.
        standIns.forEach(name -> script.append(name + "() { '" + folder.resolve("bin/" + name) + "' \"$@\"; }\n"));
        try {
            Path file = Files.createTempFile(folder, "script", ".sh");
            Files.writeString(file, script + commands);
            List<String> command = new ArrayList<>(shell);
            command.add(file.toString());
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("FERRIC_ROOT", root().toString());
            builder.environment().put("FERRIC_LIB", path("lib/ferric").toString());
            builder.environment().put("PATH", folder.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin");
            Process process = builder.start();
            process.getOutputStream().close();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitConsole(String text) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(console())
                .contains(text));
    }

    /** All that was said on the console. */
    String console() {
        return read(path("dev/console"));
    }

    /** The stand-ins that were called, one a line, with their arguments. */
    List<String> called() {
        return read(calls()).lines().toList();
    }

    List<String> called(String command) {
        return called().stream()
                .filter(line -> line.equals(command) || line.startsWith(command + " "))
                .map(String::strip)
                .toList();
    }

    private Path calls() {
        return folder.resolve("calls.txt");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(String resource, String name) {
        try (var in = InitSandbox.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            Files.createDirectories(path(name).getParent());
            Files.copy(in, path(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(String name, String text) {
        try {
            Files.writeString(path(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Process process : started) {
            List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            // one that is still dying may write into the folder that is deleted next
            all.forEach(each -> each.onExit().join());
        }
    }
}
