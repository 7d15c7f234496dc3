package io.ferric.ilo.redfish;

import java.io.IOException;

/** What is not asked of an iLO, for it would be refused; or what it does not offer. The message is for operators. */
final class Declined extends IOException {
    private static final long serialVersionUID = 1;

    private final String hint;
    private final boolean notOffered;

    private Declined(String meaning, String hint, boolean notOffered) {
        super(meaning);
        this.hint = hint;
        this.notOffered = notOffered;
    }

    static Declined because(String meaning, String hint) {
        return new Declined(meaning, hint, false);
    }

    /** This Redfish has no such thing; another protocol may. */
    static Declined notOffered(String meaning) {
        return new Declined(meaning, "", true);
    }

    String hint() {
        return hint;
    }

    boolean notOffered() {
        return notOffered;
    }
}
