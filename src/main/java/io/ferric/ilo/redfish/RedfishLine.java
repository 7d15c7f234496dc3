package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.HttpCall;
import io.ferric.ilo.wire.IloLine;
import java.io.IOException;
import java.util.Map;

/**
 * One turn at an iLO in the manners of Redfish: the headers, and redirections followed with method and body, as iLO 5
 * wants for paths without a slash at the end. Only ever to the same iLO. For one thread.
 */
final class RedfishLine {
    /** Quirk.REDIRECT_WITHOUT_SLASH needs one. */
    private static final int REDIRECTIONS = 3;

    private final IloLine line;

    RedfishLine(IloLine line) {
        this.line = line;
    }

    /** A call with a body. */
    static HttpCall sending(String method, String path, Map<String, ?> body) {
        return new HttpCall(method, path, Map.of("Content-Type", "application/json"), Json.write(body));
    }

    /** Whatever came in the end that is no redirection. */
    HttpAnswer exchange(HttpCall call) throws IOException {
        // without OData-Version an iLO 4 shows each property twice
        HttpCall polite = call.with("OData-Version", "4.0").with("Accept", "application/json");
        HttpAnswer answer = line.exchange(polite);
        for (int each = 0; isRedirection(answer); each++) {
            if (each == REDIRECTIONS) {
                throw new BrokenAnswer("more than " + REDIRECTIONS + " redirections");
            }
            polite = polite.to(Links.path(answer.header("location")
                    .orElseThrow(() -> new BrokenAnswer("a redirection that does not say where to"))));
            answer = line.exchange(polite);
        }
        return answer;
    }

    private static boolean isRedirection(HttpAnswer answer) {
        return switch (answer.status()) {
            case 301, 302, 307, 308 -> true;
            default -> false;
        };
    }
}
