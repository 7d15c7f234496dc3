package io.ferric.node;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The one root of all errors Ferric tells a caller about. The subclass says what the caller can do: mend the request
 * ({@link InvalidRequest}), say who asks ({@link NotAuthenticated}), ask somebody with more rights ({@link
 * AccessDenied}), look elsewhere ({@link NotFound}), wait ({@link Conflict}), come back later
 * ({@link Unavailable}), or call a human ({@link OperationFailed}).
 *
 * <p>The code is stable and is the name Ironic gives the error, so that clients and scripts can compare it. Message and
 * hint are plain words for an operator; neither ever holds a secret or a URL signature. Immutable but for the place,
 * which is set once on the way up.
 */
public abstract class NodeFault extends RuntimeException {
    private final String code;
    private final String hint;
    private UUID node;
    private String step;

    /**
     * @param hint what to do about it; empty when there is nothing to say
     * @param cause what led to it; {@code null} when nothing did
     */
    protected NodeFault(String code, String message, String hint, Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.code = Objects.requireNonNull(code);
        this.hint = Objects.requireNonNull(hint);
    }

    /** The stable name of this error, as in {@link FaultCode}. */
    public final String code() {
        return code;
    }

    /** What the operator can do about it. */
    public final Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    /** The node it happened to, once known. */
    public final Optional<UUID> node() {
        return Optional.ofNullable(node);
    }

    /** The step of the work it happened in, once known. */
    public final Optional<String> step() {
        return Optional.ofNullable(step);
    }

    /** Notes where it happened; the first note stays. Returns this fault, to be thrown. */
    public final NodeFault during(UUID where, String what) {
        if (node == null) {
            node = where;
            step = what;
        }
        return this;
    }

    /** Message and hint in one text: what {@code last_error} and REST answers show. */
    public final String inPlainWords() {
        String message = getMessage().strip();
        if (hint.isEmpty()) {
            return message;
        }
        return message + (message.endsWith(".") ? " " : ". ") + hint;
    }
}
