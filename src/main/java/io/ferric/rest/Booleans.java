package io.ferric.rest;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words OpenStack's clients send for true and false. */
final class Booleans {
    private static final Set<String> TRUE = Set.of("1", "t", "true", "on", "y", "yes");
    private static final Set<String> FALSE = Set.of("0", "f", "false", "off", "n", "no");

    private Booleans() {}

    static Optional<Boolean> parse(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(lower)) {
            return Optional.of(true);
        }
        return FALSE.contains(lower) ? Optional.of(false) : Optional.empty();
    }
}
