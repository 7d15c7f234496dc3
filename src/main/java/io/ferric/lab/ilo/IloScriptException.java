package io.ferric.lab.ilo;

/** A script for a simulated iLO that cannot be understood; the message names the line. */
public final class IloScriptException extends Exception {
    private static final long serialVersionUID = 1;

    IloScriptException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
