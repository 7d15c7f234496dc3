package io.ferric.iscsi;

/** A command that the disk itself refused; the session goes on. */
final class ScsiException extends IscsiException {
    private static final long serialVersionUID = 1L;

    private final boolean unsupported;

    ScsiException(String message, Sense sense) {
        this(message, sense.key() == Sense.ILLEGAL_REQUEST);
    }

    private ScsiException(String message, boolean unsupported) {
        super(message);
        this.unsupported = unsupported;
    }

    /** The same refusal, told with more of its circumstances. */
    ScsiException told(String message) {
        return new ScsiException(message, unsupported);
    }

    /** Whether the disk does not know the command, or not with these parameters. */
    boolean isUnsupported() {
        return unsupported;
    }
}
