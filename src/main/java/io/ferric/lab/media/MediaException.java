package io.ferric.lab.media;

import java.io.IOException;

/** A medium does not hold what its format says it must. */
public final class MediaException extends IOException {
    private static final long serialVersionUID = 1;

    public MediaException(String message) {
        super(message);
    }
}
