package io.ferric.lab.media;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a boot loader would start by default.
 *
 * @param kernel path on the disc
 * @param ramdisk path on the disc
 * @param parameters the kernel's parameters
 */
public record BootChoice(String kernel, String ramdisk, List<String> parameters) {
    public BootChoice {
        parameters = List.copyOf(parameters);
    }

    /** The value of a parameter {@code name=value}; the last one counts, as in a kernel. */
    public Optional<String> parameter(String name) {
        return parameters.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .reduce((first, second) -> second);
    }

    /** Reads an {@code isolinux.cfg}: the label that {@code default} names. */
    public static BootChoice fromIsolinux(String config) throws MediaException {
        String wanted = config.lines()
                .map(BootChoice::words)
                .filter(words -> words.length > 1 && words[0].equalsIgnoreCase("default"))
                .map(words -> words[1])
                .reduce((first, second) -> second)
                .orElseThrow(() -> new MediaException("isolinux.cfg names no default"));
        boolean inside = false;
        String kernel = "";
        String ramdisk = "";
        List<String> append = List.of();
        for (String line : config.lines().toList()) {
            String[] words = words(line);
            String keyword = words[0].toLowerCase(Locale.ROOT);
            if (keyword.equals("label")) {
                inside = words.length > 1 && words[1].equals(wanted);
            } else if (inside && words.length > 1) {
                switch (keyword) {
                    case "kernel", "linux" -> kernel = words[1];
                    case "initrd" -> ramdisk = words[1];
                    case "append" -> append = List.of(words).subList(1, words.length);
                    default -> {}
                }
            }
        }
        return of(kernel, ramdisk, append);
    }

    /** Reads a {@code grub.cfg} with one menu entry: its {@code linux} and {@code initrd} lines. */
    public static BootChoice fromGrub(String config) throws MediaException {
        String kernel = "";
        String ramdisk = "";
        List<String> parameters = List.of();
        for (String line : config.lines().toList()) {
            String command = words(line)[0];
            if (command.matches("linux(efi|16)?") && kernel.isEmpty()) {
                List<String> words = GrubWords.of(line);
                kernel = words.size() > 1 ? words.get(1) : "";
                parameters = words.subList(Math.min(2, words.size()), words.size());
            } else if (command.matches("initrd(efi|16)?") && ramdisk.isEmpty()) {
                List<String> words = GrubWords.of(line);
                ramdisk = words.size() > 1 ? words.get(1) : "";
            }
        }
        return of(kernel, ramdisk, parameters);
    }

    private static BootChoice of(String kernel, String ramdisk, List<String> parameters) throws MediaException {
        String inParameters =
                new BootChoice(kernel, ramdisk, parameters).parameter("initrd").orElse(ramdisk);
        if (kernel.isEmpty() || inParameters.isEmpty()) {
            throw new MediaException("the boot loader's settings name no kernel or no ramdisk");
        }
        return new BootChoice(kernel, inParameters, parameters);
    }

    private static String[] words(String line) {
        return Arrays.stream(line.strip().split("\\s+")).toArray(String[]::new);
    }

    @Override
    public String toString() {
        return kernel + " " + ramdisk + " " + String.join(" ", parameters);
    }
}
