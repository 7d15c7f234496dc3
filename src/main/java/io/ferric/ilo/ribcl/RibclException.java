package io.ferric.ilo.ribcl;

import java.io.IOException;

/** The iLO understood and said no. The message is the iLO's own. */
final class RibclException extends IOException {
    private final int status;

    RibclException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    RibclTrouble trouble() {
        return RibclTrouble.of(status, getMessage());
    }
}
