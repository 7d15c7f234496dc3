package io.ferric.node;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words OpenStack's clients send for true and false. */
public final class Booleans {
    private static final Set<String> TRUE = Set.of("1", "t", "true", "on", "y", "yes");
    private static final Set<String> FALSE = Set.of("0", "f", "false", "off", "n", "no");

    private Booleans() {}

    /** Which of the two the word says, in any case; empty when it is neither. */
    public static Optional<Boolean> parse(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(lower)) {
            return Optional.of(true);
        }
        return FALSE.contains(lower) ? Optional.of(false) : Optional.empty();
    }
}
