package io.ferric.iscsi;

/** A command that the disk itself refused; the session goes on. */
final class ScsiException extends IscsiException {
    private static final long serialVersionUID = 1L;

    private final transient Sense sense;

    ScsiException(String message, Sense sense) {
        super(message);
        this.sense = sense;
    }

    /** The same refusal, told with more of its circumstances. */
    ScsiException told(String message) {
        return new ScsiException(message, sense);
    }

    /** Whether the disk does not know the command, or not with these parameters. */
    boolean isUnsupported() {
        return sense.key() == Sense.ILLEGAL_REQUEST;
    }

    /** Whether the disk does not know the command, whatever its parameters. */
    boolean isUnknownCommand() {
        return isUnsupported() && sense.code() == Sense.INVALID_OPERATION_CODE;
    }
}
