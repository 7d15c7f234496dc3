package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.ilo.client.Quirk;
import io.ferric.node.Node;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out, before anything is touched, whether an iLO that takes images by https only would be given others. Safe for
 * use by many threads.
 */
final class HttpsMedia {
    private static final Pattern PLAIN = Pattern.compile("(?i)http://.*");

    private final IsoUrls isos;

    HttpsMedia(IsoUrls isos) {
        this.isos = isos;
    }

    /** Whether this iLO takes such a URL. */
    static boolean takes(Sighting iloSeen, String url) {
        return !PLAIN.matcher(url).matches() || !Quirk.HTTPS_MEDIA_ONLY.applies(iloSeen.identity());
    }

    /** Notes all that this iLO will not take of what a deploy of the node gives it. */
    void check(Node node, Sighting seen, Findings findings) {
        String who = "but the iLO (" + seen.who() + ") takes images by https only. ";
        isos.servedAt()
                .filter(address -> !takes(seen, address.toString()))
                .ifPresent(address -> findings.invalid(
                        "publisher.local",
                        "serves images at " + address + ", " + who
                                + "Set tls_certificate and tls_key, or an external_url with https://."));
        check(
                "driver_info/" + IloDriverInfo.DEPLOY_ISO,
                node.driverInfo().firstText(IloDriverInfo.DEPLOY_ISO, "deploy_iso"),
                seen,
                who,
                findings);
        check("instance_info/" + BootIsoLibrary.OLD_NAME, BootIsoLibrary.recorded(node), seen, who, findings);
    }

    private static void check(String field, Optional<String> url, Sighting seen, String who, Findings findings) {
        url.filter(each -> !takes(seen, each))
                .ifPresent(each -> findings.invalid(
                        field, "is the URL " + IsoUrls.shown(each) + ", " + who + "Give one with https://."));
    }
}
