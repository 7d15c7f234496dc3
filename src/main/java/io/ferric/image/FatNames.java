package io.ferric.image;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names in a FAT folder: the long one as given, and the short one of eight and three characters that every entry has
 * besides (Microsoft FAT specification 1.03, "Long Directory Entries"). One object serves one folder. Not thread safe.
 */
final class FatNames {
    private static final int LONGEST = 255;
    private static final int BASE = 8;
    private static final int EXTENSION = 3;
    private static final String NEVER = "\"*/:<>?\\|";
    private static final String ONLY_IN_LONG_NAMES = "+,;=[]";

    private final Set<String> taken = new HashSet<>();

    /** Gives a name its short form: eleven characters, padded with blanks, used by nobody else in the folder. */
    byte[] shortName(String name) {
        int dot = name.lastIndexOf('.');
        String wholeBase = dot > 0 ? name.substring(0, dot) : name;
        String wholeExtension = dot > 0 ? name.substring(dot + 1) : "";
        String base = squeeze(wholeBase);
        String extension = cut(squeeze(wholeExtension), EXTENSION);
        boolean nothingLost = base.equals(wholeBase.toUpperCase(Locale.ROOT))
                && extension.equals(wholeExtension.toUpperCase(Locale.ROOT))
                && !base.isEmpty()
                && base.length() <= BASE;
        String candidate = nothingLost ? pad(base, extension) : numbered(base, extension, 1);
        for (int number = nothingLost ? 1 : 2; !taken.add(candidate); number++) {
            candidate = numbered(base, extension, number);
        }
        return candidate.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the short name alone says it all, so that no long entries are needed. */
    static boolean isShort(String name, byte[] shortName) {
        String text = new String(shortName, StandardCharsets.US_ASCII);
        String extension = text.substring(BASE).strip();
        return name.equals(text.substring(0, BASE).strip() + (extension.isEmpty() ? "" : "." + extension));
    }

    /** The check byte that ties long entries to their short one. */
    static int checksum(byte[] shortName) {
        int sum = 0;
        for (byte b : shortName) {
            sum = ((sum & 1) << 7 | sum >> 1) + (b & 0xFF) & 0xFF;
        }
        return sum;
    }

    static void requireLabel(String label) {
        boolean plain = label.chars().allMatch(c -> c >= ' ' && c <= '~' && "\"*+,./:;<=>?[\\]|".indexOf(c) < 0);
        if (!plain || label.isBlank() || label.length() > BASE + EXTENSION || !label.equals(label.strip())) {
            throw new IllegalArgumentException("volume label '" + label.replaceAll("[^ -~]", "?")
                    + "' must be 1 to 11 ASCII characters without . / : and the like, not beginning or ending blank");
        }
    }

    /** Refuses names FAT cannot hold, and names in one folder that differ in case only. */
    static void requireDistinct(Folder folder, String path) {
        Map<String, String> seen = new HashMap<>();
        folder.files().keySet().forEach(name -> requireNew(seen, path, name));
        folder.folders().forEach((name, below) -> {
            requireNew(seen, path, name);
            requireDistinct(below, path + name + "/");
        });
    }

    private static void requireNew(Map<String, String> seen, String path, String name) {
        boolean badCharacter = name.chars().anyMatch(c -> c < ' ' || c == 0x7F || NEVER.indexOf(c) >= 0);
        boolean loneSurrogate = !StandardCharsets.UTF_16LE.newEncoder().canEncode(name);
        if (badCharacter || loneSurrogate || name.endsWith(".") || name.endsWith(" ") || name.length() > LONGEST) {
            throw new IllegalArgumentException("'" + path + name + "' cannot be a name in FAT: at most " + LONGEST
                    + " characters, none of " + NEVER + ", no blank or dot at its end");
        }
        String other = seen.put(name.toUpperCase(Locale.ROOT), name);
        if (other != null) {
            throw new IllegalArgumentException(
                    "'" + path + name + "' and '" + path + other + "' are the same name in FAT");
        }
    }

    /** Upper case, without blanks and dots, and an underscore for what a short name may not hold. */
    private static String squeeze(String part) {
        StringBuilder squeezed = new StringBuilder();
        part.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(c -> c != ' ' && c != '.')
                .forEach(c -> {
                    boolean allowed = c > ' ' && c < 0x7F && ONLY_IN_LONG_NAMES.indexOf(c) < 0;
                    squeezed.append(allowed ? (char) c : '_');
                });
        return squeezed.toString();
    }

    private static String numbered(String base, String extension, int number) {
        String tail = "~" + number;
        return pad(cut(base, BASE - tail.length()) + tail, extension);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static String pad(String base, String extension) {
        return String.format("%-8s%-3s", cut(base, BASE), extension);
    }
}
