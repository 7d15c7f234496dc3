package io.ferric.publish;

import java.nio.file.FileSystemException;
import java.util.Optional;

/** Turns exceptions of the JDK into words for an operator. */
final class Faults {
    private Faults() {}

    /** A URL, or what should have been one, without a password and without a query, which may be a signature. */
    static String withoutSecrets(String url) {
        return url.replaceAll("//[^/]*@", "//***@").replaceAll("\\?.*", "?***");
    }

    /** What went wrong, also where the JDK's message is only a file name or nothing. */
    static String reason(Throwable fault) {
        String kind = fault.getClass().getSimpleName().replaceAll("(Exception|Error)$", "");
        String message = Optional.ofNullable(fault.getMessage()).orElse("");
        if (message.isBlank()) {
            return kind;
        }
        boolean bare = fault instanceof FileSystemException file && file.getReason() == null;
        return bare ? kind + ": " + message : message;
    }
}
