package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.HttpCall;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.node.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who one is to an iLO: a session, or name and password with each call for an iLO that opens none or no more. Source: DSP0266
 * section 13.3.
 *
 * @param header of each call
 * @param location what is deleted to log out; empty when there is nothing to
 */
record RedfishLogin(String header, Secret value, Optional<String> location) {
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions/";
    private static final String TOKEN = "X-Auth-Token";

    /**
     * Logs in, once.
     *
     * @throws RedfishRefusal also when the login is rejected
     */
    static RedfishLogin at(RedfishLine line, IloAccess access) throws IOException {
        Map<String, String> who = Map.of(
                "UserName", access.username(), "Password", access.password().reveal());
        HttpAnswer answer = line.exchange(RedfishLine.sending("POST", SESSIONS, who));
        Optional<String> token = answer.header(TOKEN).filter(RedfishLogin::isPlain);
        if (answer.status() < 300 && token.isPresent()) {
            return new RedfishLogin(TOKEN, Secret.of(token.get()), location(answer));
        }
        if (answer.status() < 300 || opensNone(answer.status())) {
            return basic(access);
        }
        RedfishRefusal refusal = RedfishRefusal.ofLogin(answer);
        if (refusal.trouble() == RedfishTrouble.SESSION_SLOTS) {
            return basic(access); // conductors that died may have left sessions, which end half an hour later
        }
        throw refusal;
    }

    private static RedfishLogin basic(IloAccess access) {
        String pair = access.username() + ":" + access.password().reveal();
        String value = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return new RedfishLogin("Authorization", Secret.of(value), Optional.empty());
    }

    private static boolean opensNone(int status) {
        return status == 404 || status == 405 || status == 501;
    }

    /** A strange one must not cost the token: one session that cannot be ended is better than one for each call. */
    private static Optional<String> location(HttpAnswer answer) {
        return answer.header("location").flatMap(said -> {
            try {
                return Optional.of(Links.path(said));
            } catch (BrokenAnswer e) {
                return Optional.empty();
            }
        });
    }

    /** Nothing that could end a header. */
    private static boolean isPlain(String token) {
        return !token.isEmpty() && token.chars().allMatch(each -> each > 0x20 && each < 0x7f);
    }

    boolean isSession() {
        return TOKEN.equals(header);
    }

    HttpCall on(HttpCall call) {
        return call.with(header, value.reveal());
    }
}
