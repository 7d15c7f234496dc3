package io.ferric.rest.auth;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Users and the bcrypt hashes of their passwords, as {@code htpasswd -B} writes them, and perhaps {@code :} and a role
 * behind that; read again once the file has changed. A file that cannot be used lets nobody in. Safe for use by many threads.
 */
final class PasswordFile {
    private static final String KEY = "rest.http_basic_user_file ";
    private static final String CURE = "write it with: htpasswd -nbB <user> <password>";
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    /** Beyond this, one login takes many seconds. */
    private static final int DEAREST = 16;

    private static final Map<String, Role> ROLES =
            Map.of("admin", Role.ADMIN, "service", Role.SERVICE, "member", Role.MEMBER, "reader", Role.READER);

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
     * Users by name.
     *
     * @param decoy what no password proves, and takes as long to try as the dearest hash: for names that do not exist
     */
    record Users(Map<String, User> all, String decoy) {
        Optional<User> find(String user) {
            return Optional.ofNullable(all.get(user));
        }
    }

    record User(String hash, Role role) {}

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
        Map<String, User> all = new HashMap<>();
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
            String[] parts = line.substring(colon + 1).split(":", -1);
            int cost = cost(i, parts[0]);
            if (all.put(line.substring(0, colon), new User(parts[0], role(i, parts))) != null) {
                throw wrong(i, "names a user that stands further up already");
            }
            most = Math.max(most, cost);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(KEY + file + " names no user; " + CURE);
        }
        return new Users(Map.copyOf(all), decoy(most));
    }

    private Role role(int line, String... parts) {
        if (parts.length == 1) {
            return Role.ADMIN;
        }
        return Optional.of(parts)
                .filter(each -> each.length == 2)
                .map(each -> ROLES.get(each[1].strip()))
                .orElseThrow(
                        () -> wrong(line, "has something other than admin, service, member or reader after the hash"));
    }

    /** Of random letters, which are the hash of nothing anybody knows. */
    private static String decoy(int cost) {
        String letters = new SecureRandom()
                .ints(53, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        // the last letter of the salt holds two bits
        return String.format("$2b$%02d$%s.%s", cost, letters.substring(0, 21), letters.substring(22));
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
