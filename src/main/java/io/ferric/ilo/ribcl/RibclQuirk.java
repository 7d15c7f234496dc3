package io.ferric.ilo.ribcl;

import io.ferric.ilo.client.Quirk;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What real firmware writes that is no XML, and how it is mended. A row is applied to one document of an answer; those
 * that could also change sound XML only when the document cannot be read otherwise.
 */
enum RibclQuirk {
    CONTROL_BYTES(Quirk.CONTROL_BYTES, true, RibclQuirk::dropControls),
    SELF_CLOSED_ROOT(Quirk.SELF_CLOSED_ROOT, true, RibclQuirk::openRoot),
    UNESCAPED_VALUES(Quirk.UNESCAPED_VALUES, false, AttributeMender::mend);

    private static final Pattern CLOSED_ROOT = Pattern.compile("<RIBCL([^<>]*)/>");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]");

    private final Quirk row;
    private final boolean always;
    private final UnaryOperator<String> cure;

    RibclQuirk(Quirk row, boolean always, UnaryOperator<String> cure) {
        this.row = row;
        this.always = always;
        this.cure = cure;
    }

    /** Its row in the table of all quirks. */
    Quirk row() {
        return row;
    }

    /** The document as it should have been. */
    static String mend(String document, boolean lastResort) {
        String mended = document;
        for (RibclQuirk quirk : values()) {
            mended = quirk.always || lastResort ? quirk.cure.apply(mended) : mended;
        }
        return mended;
    }

    private static String dropControls(String document) {
        return CONTROLS.matcher(document).replaceAll("");
    }

    private static String openRoot(String document) {
        return document.contains("</RIBCL>") ? CLOSED_ROOT.matcher(document).replaceFirst("<RIBCL$1>") : document;
    }
}
