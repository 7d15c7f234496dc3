package io.ferric.node;

import java.util.Optional;

/**
 * What shall not happen to a node.
 *
 * @param guarded whether its instance may not be torn down, rebuilt or deleted ({@code protected} in the API)
 * @param guardedReason why, in an operator's words
 * @param retired whether it is not to be given away again: it stays manageable once it is cleaned
 * @param retiredReason why, in an operator's words
 * @param automatedClean whether it is cleaned before it is given away; empty for what the configuration says
 */
public record Guard(
        boolean guarded,
        Optional<String> guardedReason,
        boolean retired,
        Optional<String> retiredReason,
        Optional<Boolean> automatedClean) {
    public static final Guard NONE = new Guard(false, Optional.empty(), false, Optional.empty(), Optional.empty());
}
