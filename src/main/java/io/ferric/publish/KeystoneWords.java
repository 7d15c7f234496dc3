package io.ferric.publish;

import java.util.Optional;
import org.openstack4j.core.transport.HttpResponse;

/** What an answer of Keystone means that is not the one we hoped for. */
final class KeystoneWords {
    private KeystoneWords() {}

    /** A login that gave no token. */
    static String ofLogin(HttpResponse answer, Credentials who) {
        return switch (answer.getStatus()) {
            case 400 -> "it does not understand the login (HTTP 400); does openstack.auth_type fit it?";
            case 401 -> "it refuses " + who.shown() + " (HTTP 401); " + who.cure();
            case 403 ->
                "it forbids " + who.shown() + " to log in (HTTP 403); is the user disabled or the password expired?";
            // Keystone's word for an id it does not know, and the same as for a wrong URL
            case 404 ->
                who instanceof Credentials.ApplicationCredential
                        ? "it knows no such login (HTTP 404): " + who.cure()
                                + ", and that openstack.auth_url leads to Keystone"
                        : of(answer);
            default -> of(answer);
        };
    }

    static String of(HttpResponse answer) {
        int status = answer.getStatus();
        String said = "HTTP " + status;
        if (status == 300 || status == 404) {
            return "there is no API v3 of Keystone (" + said + "); openstack.auth_url must be its URL";
        }
        if (status / 100 == 3) {
            String location = Optional.ofNullable(answer.header("Location"))
                    .map(url -> " to " + url.replaceAll("//[^/]*@", "//***@").replaceAll("[?#].*", ""))
                    .orElse("");
            return "it sends us elsewhere" + location + " (" + said
                    + "), which Ferric does not follow; put that into openstack.auth_url";
        }
        if (status == 407) {
            return "the proxy wants a login (" + said + "), which is not supported";
        }
        if (status == 413 || status == 429) {
            return "it has had too many requests (" + said + "); try again later";
        }
        return status / 100 == 5
                ? "it is in trouble (" + said + "); look into its log, and try again later"
                : "it answered with " + said;
    }

    static String notUnderstood(HttpResponse answer) {
        String type = Optional.ofNullable(answer.getContentType()).orElse("something without a type");
        return "its answer cannot be understood (HTTP " + answer.getStatus() + ", " + printable(type)
                + "); does openstack.auth_url lead to Keystone?";
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?").substring(0, Math.min(80, text.length()));
    }
}
