package io.ferric.publish;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One object on disk. All that is known of it is in the file's name, {@code <name>;<version>;<expiry>}, so that a single
 * rename puts it in place and a restart finds everything again.
 *
 * @param version when it was stored, milliseconds since 1970, and always larger than the one it replaced
 * @param expires to the second; empty for never
 */
record StoredObject(String name, long version, Optional<Instant> expires) {
    private static final Pattern FILE = Pattern.compile("([^;]+);([0-9a-z]{1,11});(never|[0-9a-z]{1,9})");
    private static final String NEVER = "never";

    static Optional<StoredObject> of(Path file) {
        Matcher matcher = FILE.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Instant> expires = Optional.of(matcher.group(3))
                .filter(text -> !text.equals(NEVER))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text, 36)));
        return Optional.of(new StoredObject(matcher.group(1), Long.parseLong(matcher.group(2), 36), expires));
    }

    /** The one that replaced the other. */
    StoredObject newer(StoredObject other) {
        return other.version > version ? other : this;
    }

    String fileName() {
        return name + ";" + Long.toString(version, 36) + ";"
                + expires.map(time -> Long.toString(time.getEpochSecond(), 36)).orElse(NEVER);
    }

    boolean expiredAt(Instant now) {
        return expires.filter(time -> !now.isBefore(time)).isPresent();
    }
}
