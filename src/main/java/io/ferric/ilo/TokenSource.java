package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.Secret;
import java.util.Optional;

/** Gives the token that the deploy ramdisk shows when it calls back. Safe for use by many threads. */
@FunctionalInterface
public interface TokenSource {
    /** For an API that asks for none. */
    TokenSource NONE = task -> Optional.empty();

    /**
     * The token for the ramdisk that this task is about to boot; empty when the API asks for none.
     *
     * @throws io.ferric.node.NodeFault when there should be one and there is none
     */
    Optional<Secret> token(Task task);

    /** Notes, before a deploy begins, why there will be no token that the API accepts. */
    default void validate(Task task, Findings findings) {}
}
