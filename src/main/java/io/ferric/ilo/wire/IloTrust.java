package io.ferric.ilo.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** By what an iLO's TLS certificate is judged. There is no default: verifying can only be turned off in so many words. */
public sealed interface IloTrust {
    /** The authorities this Java trusts; the certificate must name the address. */
    record SystemAuthorities() implements IloTrust {}

    /** The PEM certificates in a file, or in the files of a folder; the certificate must name the address. */
    record Authorities(Path path) implements IloTrust {
        /** The file, or those of the folder that are neither hidden nor folders, by name. */
        List<Path> files() throws IOException {
            if (!Files.exists(path)) {
                throw new Certificates.UnusableTrust("there is no file " + path, null);
            }
            if (!Files.isDirectory(path)) {
                return List.of(path);
            }
            try (Stream<Path> files = Files.list(path)) {
                return files.filter(Files::isRegularFile)
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .sorted()
                        .toList();
            }
        }
    }

    /**
     * One certificate and no other, expired or not; its names do not matter, for the iLO's own certificate names its
     * serial number.
     *
     * @param sha256 of the certificate's DER form, 64 lower-case hex digits
     */
    record Pinned(String sha256) implements IloTrust {
        private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

        /**
         * Takes upper case, colons and a {@code sha256:} in front as well, and the line that {@code openssl x509
         * -fingerprint -sha256} prints.
         *
         * @throws IllegalArgumentException when it is no SHA-256 fingerprint
         */
        public Pinned {
            sha256 = sha256.strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceFirst("^sha-?256(\\s+fingerprint)?\\s*[:=]", "")
                    .replaceAll("[:\\s]", "");
            if (!HEX.matcher(sha256).matches()) {
                throw new IllegalArgumentException("a SHA-256 fingerprint has 64 hex digits");
            }
        }
    }

    /** Nothing is checked. Whoever sits between can read the password. */
    record Off() implements IloTrust {}

    /**
     * What an operator wrote: {@code true} or {@code system}, {@code false} or {@code off}, a fingerprint, or the path
     * of a file or folder of PEM certificates.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static IloTrust parse(String text) {
        String word = text.strip();
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "system" -> new SystemAuthorities();
            case "false", "no", "off" -> new Off();
            default -> pinnedOrAuthorities(word);
        };
    }

    private static IloTrust pinnedOrAuthorities(String word) {
        try {
            return new Pinned(word);
        } catch (IllegalArgumentException e) {
            Path path = Path.of(word);
            if (Files.exists(path)) {
                return new Authorities(path);
            }
            throw new IllegalArgumentException("neither a file or folder nor a fingerprint of 64 hex digits", e);
        }
    }

    /** A fingerprint as people write it: upper-case pairs with colons. */
    static String shown(byte[] sha256) {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256);
    }
}
