package io.ferric.lab.iscsi;

/** Ways in which an {@link IscsiTarget} fails in the middle of a write. */
public enum TargetFault {
    /** The connection is reset, and every later one too. */
    RESETS,
    /** The target reads no more and answers no more; the connection stays open. */
    FREEZES,
    /** Each write ends with CHECK CONDITION, MEDIUM ERROR, write error. */
    REPORTS_ERROR
}
