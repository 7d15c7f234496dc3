package io.ferric.image;

import java.io.IOException;

/**
 * An image could not be made; nothing was left under its final name. The message names the image, the file or field at
 * fault and the cure. It is Ironic's {@code ImageCreationFailed}.
 */
public class ImageCreationException extends IOException {
    private static final long serialVersionUID = 1L;

    public ImageCreationException(String message) {
        super(message);
    }

    public ImageCreationException(String message, Throwable cause) {
        super(message, cause);
    }
}
