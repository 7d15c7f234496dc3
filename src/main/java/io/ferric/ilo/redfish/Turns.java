package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import java.io.IOException;

/** How one's turn at an iLO is had; the seam where tests put a line of their own. */
interface Turns {
    <T> T take(IloAccess access, HttpsExchange.Talk<T> talk) throws IOException;

    static Turns of(HttpsExchange https) {
        return new Turns() {
            @Override
            public <T> T take(IloAccess access, HttpsExchange.Talk<T> talk) throws IOException {
                return https.inTurn(access, talk);
            }
        };
    }
}
