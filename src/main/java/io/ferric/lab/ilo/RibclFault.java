package io.ferric.lab.ilo;

/** An error that an iLO answers with: a status and a text, in RIBCL's own words. */
final class RibclFault extends Exception {
    private static final long serialVersionUID = 1;

    static final int SYNTAX_ERROR = 0x0001;
    static final int NO_SUCH_USER = 0x000A;
    static final int NO_PRIVILEGE = 0x0023;
    static final int LICENSE_KEY_ERROR = 0x002E;
    static final int BAD_MEDIA_OPTION = 0x0035;
    static final int NOT_SUPPORTED = 0x003C;
    static final int LOGIN_FAILED = 0x005F;

    /** For errors whose number no source gives; clients are told to go by the text. */
    static final int UNRECORDED = 0x00FE;

    private final int status;

    RibclFault(int status, String message) {
        super(message);
        this.status = status;
    }

    static RibclFault syntax(int line, String near, String text) {
        return new RibclFault(
                SYNTAX_ERROR,
                "Syntax error: Line #%d: syntax error near \"%s\" in the line: \"%s\"".formatted(line, near, text));
    }

    static RibclFault unsupported(String command) {
        return new RibclFault(NOT_SUPPORTED, "Feature not supported - " + command);
    }

    int status() {
        return status;
    }
}
