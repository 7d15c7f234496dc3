package io.ferric.image;

import java.io.IOException;

/**
 * An image whose content cannot be had: it is damaged, too large, or made in a way that is not supported. The message says
 * what is wrong with "it", the image, which the message does not name.
 */
public class UnreadableImageException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableImageException(String message) {
        super(message);
    }

    public UnreadableImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
