package io.ferric.conductor;

import io.ferric.driver.CallerToken;
import java.util.Optional;

/**
 * Who asks for something, for the history.
 *
 * @param name empty when nobody was asked for a name
 * @param token of this person or program, where the deploy ramdisk is to show it
 */
public record Requester(String name, Optional<CallerToken> token) {
    /** Whoever reaches an API that authenticates nobody; the program itself. */
    public static final Requester NOBODY = new Requester("", Optional.empty());
}
