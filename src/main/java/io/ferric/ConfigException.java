package io.ferric;

/** The configuration cannot be used; the message names the file, the key and the cure. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
