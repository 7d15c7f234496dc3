package io.ferric.ilo.ribcl;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What real firmware writes that is no XML, and how it is mended. A row is applied to one document of an answer; those
 * that could also change sound XML only when the document cannot be read otherwise.
 */
enum RibclQuirk {
    CONTROL_BYTES(
            "iLO 3 and 4 with a faulty power supply", "python-hpilo, _communicate", true, RibclQuirk::dropControls),
    SELF_CLOSED_ROOT("iLO 2 firmware 1.96", "python-hpilo, _parse_message", true, RibclQuirk::openRoot),
    UNESCAPED_VALUES(
            "iLO 4 firmware 2.55, a server name with quotes", "python-hpilo issue 183", false, AttributeMender::mend);

    private static final Pattern CLOSED_ROOT = Pattern.compile("<RIBCL([^<>]*)/>");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]");

    private final String seenOn;
    private final String reference;
    private final boolean always;
    private final UnaryOperator<String> cure;

    RibclQuirk(String seenOn, String reference, boolean always, UnaryOperator<String> cure) {
        this.seenOn = seenOn;
        this.reference = reference;
        this.always = always;
        this.cure = cure;
    }

    String seenOn() {
        return seenOn;
    }

    String reference() {
        return reference;
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
