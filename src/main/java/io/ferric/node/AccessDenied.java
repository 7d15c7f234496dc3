package io.ferric.node;

/** The caller may not do this (HTTP 403). */
public final class AccessDenied extends NodeFault {
    public AccessDenied(String code, String message, String hint) {
        super(code, message, hint, null);
    }

    public AccessDenied(String code, String message, String hint, Throwable cause) {
        super(code, message, hint, cause);
    }
}
