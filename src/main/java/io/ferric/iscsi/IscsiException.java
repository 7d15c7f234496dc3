package io.ferric.iscsi;

import java.io.IOException;

/**
 * What went wrong between us and the remote disk, in words an operator can act on: the target, what was being done, and
 * the status, sense data or network fault that ended it. Never contains a secret.
 */
public class IscsiException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An error that is fully told by its message. */
    public IscsiException(String message) {
        super(message);
    }

    /** An error with the fault below it. */
    public IscsiException(String message, Throwable cause) {
        super(message, cause);
    }
}
