package io.ferric.deploy;

/** Hears how far a copy has come, and may stop it by throwing. Called for every block and while waiting. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (done, total) -> {};

    /**
     * @param done bytes so far
     * @param total bytes in all; 0 while it is not known
     */
    void at(long done, long total);
}
