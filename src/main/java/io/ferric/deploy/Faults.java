package io.ferric.deploy;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Masking;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** The faults of this room, in one tone. */
final class Faults {
    private static final int LONGEST_FOREIGN_TEXT = 500;
    private static final String NO_SPACE = "No space left on device";

    private Faults() {}

    static OperationFailed deploy(String message, String cure) {
        return new OperationFailed(FaultCode.INSTANCE_DEPLOY_FAILURE, message, cure);
    }

    static OperationFailed deploy(String message, String cure, Throwable cause) {
        return new OperationFailed(FaultCode.INSTANCE_DEPLOY_FAILURE, message, cure, cause);
    }

    static OperationFailed unacceptable(String reference, String why, String cure) {
        return new OperationFailed(
                FaultCode.IMAGE_UNACCEPTABLE, "Image " + shown(reference) + " is refused: " + why, cure);
    }

    static InvalidRequest badReference(String reference, String why, String cure) {
        return new InvalidRequest(
                FaultCode.IMAGE_REF_VALIDATION_FAILED, "Image reference " + shown(reference) + " " + why, cure);
    }

    /** What to throw when our own disk failed: running out of space has its own name and cure. */
    static OperationFailed storage(String doing, IOException cause) {
        if (String.valueOf(cause.getMessage()).contains(NO_SPACE)) {
            return new OperationFailed(
                    FaultCode.INSUFFICIENT_DISK_SPACE,
                    doing + " failed: the conductor's disk is full",
                    "Free some space there, or lower image_cache.size_mib; nothing half-written was kept.",
                    cause);
        }
        return deploy(doing + " failed: " + words(cause), "Look at the conductor's disk and folder rights.", cause);
    }

    /** A reference without credentials: no user information, no query. */
    static String shown(String reference) {
        return "'" + foreign(Masking.text(reference).replaceFirst("\\?.*", "?...")) + "'";
    }

    /** Text from elsewhere, made fit for a message: printable, in one line, not too long, without secrets in URLs. */
    static String foreign(String text) {
        String clean = Masking.text(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() > LONGEST_FOREIGN_TEXT ? clean.substring(0, LONGEST_FOREIGN_TEXT) + "..." : clean;
    }

    /** What an I/O error says, or what it is when it says nothing. */
    static String words(Throwable error) {
        if (error instanceof FileSystemException file) {
            String reason = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
            return reason + " (" + file.getFile() + ")";
        }
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : foreign(message);
    }
}
