package io.ferric.rest.auth;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users and the bcrypt hashes of their passwords, as {@code htpasswd -B} writes them; read again once the file has
 * changed. A file that cannot be used lets nobody in. Safe for use by many threads.
 */
final class PasswordFile {
    private static final String KEY = "rest.http_basic_user_file ";
    private static final String CURE = "write it with: htpasswd -nbB <user> <password>";
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    /** Beyond this, one login takes many seconds. */
    private static final int DEAREST = 16;

    private static final long LARGEST = 1 << 20;

    private final Path file;
    private Stamp stamp;
    private Users users;

    /** @throws IllegalArgumentException naming the line that cannot be used */
    PasswordFile(Path file) {
        this.file = file;
        try {
            load(Stamp.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(KEY + file + " does not exist; " + CURE, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(KEY + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Users by name, with their hashes.
     *
     * @param dearest the hash that takes longest to try
     */
    record Users(Map<String, String> hashes, String dearest) {
        Optional<String> hash(String user) {
            return Optional.ofNullable(hashes.get(user));
        }
    }

    /** @throws IOException when the file cannot be used any more */
    synchronized Users users() throws IOException {
        Stamp now = Stamp.of(file);
        if (!now.equals(stamp)) {
            try {
                load(now);
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return users;
    }

    private void load(Stamp now) throws IOException {
        if (now.size() > LARGEST) {
            throw new IllegalArgumentException(KEY + file + " is larger than " + LARGEST + " bytes");
        }
        users = parse(lines());
        stamp = now;
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(KEY + file + " is not UTF-8 text", e);
        }
    }

    private Users parse(List<String> lines) {
        Map<String, String> hashes = new HashMap<>();
        String dearest = "";
        int most = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw wrong(i, "is not <user>:<hash>");
            }
            String hash = line.substring(colon + 1);
            int cost = cost(i, hash);
            if (hashes.put(line.substring(0, colon), hash) != null) {
                throw wrong(i, "names a user that stands further up already");
            }
            if (cost > most) {
                most = cost;
                dearest = hash;
            }
        }
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException(KEY + file + " names no user; " + CURE);
        }
        return new Users(Map.copyOf(hashes), dearest);
    }

    private int cost(int line, String hash) {
        Matcher bcrypt = BCRYPT.matcher(hash);
        if (!bcrypt.matches()) {
            throw wrong(line, "holds a hash that is not bcrypt");
        }
        int cost = Integer.parseInt(bcrypt.group(1));
        if (cost < 4 || cost > DEAREST) {
            throw wrong(line, "has a bcrypt cost of " + cost + ", which is not from 4 to " + DEAREST);
        }
        return cost;
    }

    /** Never quotes the line. */
    private IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException(KEY + file + ": line " + (line + 1) + " " + what + "; " + CURE);
    }

    private record Stamp(FileTime modified, long size, Optional<Object> key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
        }
    }
}
