package io.ferric.rest.auth;

import io.ferric.driver.CallerToken;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;

/**
 * Who calls, and as what.
 *
 * @param id the user's id in Keystone; empty for a user of a password file
 * @param project whose nodes this caller may see, and use as the role says; empty for the whole system
 * @param token only where the deploy ramdisk is to show it
 */
public record Caller(String name, String id, Role role, Optional<String> project, Optional<CallerToken> token)
        implements Principal {
    /** Names come from elsewhere and stand in log lines and the history. */
    public Caller {
        name = printable(name);
        id = printable(id);
    }

    static Caller of(String name, Role role) {
        return new Caller(name, "", role, Optional.empty(), Optional.empty());
    }

    /** The deploy ramdisk of a node. */
    public static Caller ramdiskOf(String node) {
        return of("the ramdisk of " + node, Role.RAMDISK);
    }

    @Override
    public String getName() {
        return name;
    }

    /** For log and history: {@code alice (3f2a...), admin}. */
    @Override
    public String toString() {
        return name + (id.isEmpty() ? "" : " (" + id + ")") + ", " + role.name().toLowerCase(Locale.ROOT);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
