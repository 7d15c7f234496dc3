package io.ferric.lab;

import io.ferric.lab.media.FatReader;
import io.ferric.lab.media.MediaException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the conductor tells the deploy ramdisk on the virtual floppy: parameters.txt, split at white space as the real
 * ramdisk splits it, and perhaps a token.
 */
record Orders(Map<String, String> parameters, Optional<String> token) {
    static final String LABEL = "ir-vfd-dev";

    static Orders read(FatReader floppy) throws IOException {
        String label = floppy.label().orElse("");
        if (!label.equals(LABEL)) {
            throw new MediaException("the floppy is labelled \"" + label + "\", not " + LABEL);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        String text = new String(floppy.read("parameters.txt"), StandardCharsets.UTF_8);
        for (String word : text.strip().split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new MediaException("parameters.txt holds a word that is no key=value");
            }
            parameters.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new Orders(Map.copyOf(parameters), token(floppy));
    }

    private static Optional<String> token(FatReader floppy) throws IOException {
        try {
            return Optional.of(new String(floppy.read("token"), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    String required(String name) throws MediaException {
        return Optional.ofNullable(parameters.get(name))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new MediaException("parameters.txt lacks " + name));
    }

    /** Whether the server shall boot from its disk, with a boot loader that is still missing. */
    boolean bootLocally() {
        return parameters.getOrDefault("boot_option", "netboot").equals("local");
    }

    /** Leaves the values out: a key and a token are among them. */
    @Override
    public String toString() {
        return "Orders" + parameters.keySet() + (token.isPresent() ? " with a token" : "");
    }
}
