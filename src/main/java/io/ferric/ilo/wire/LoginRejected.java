package io.ferric.ilo.wire;

import java.io.IOException;

/**
 * The iLO knows neither this user nor this password. The cause of a fault that must end all trying at once, in this
 * protocol and in every other: iLOs delay and lock out whoever goes on. The message is the iLO's own.
 */
public final class LoginRejected extends IOException {
    private static final long serialVersionUID = 1;

    public LoginRejected(String said) {
        super(said);
    }

    /** Whether a fault was caused by this. */
    public static boolean caused(Throwable fault) {
        return fault.getCause() instanceof LoginRejected;
    }
}
