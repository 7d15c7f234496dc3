package io.ferric.contract;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.ribcl.RibclConnector;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.lab.ilo.IloProfile;
import java.util.List;

/** RIBCL: iLO 3 to iLO 5. */
class RibclClientContractTest extends IloClientContract {
    @Override
    List<IloProfile> profiles() {
        return List.of(IloProfile.ILO3_G7, IloProfile.ILO4_GEN8, IloProfile.ILO4_GEN9, IloProfile.ILO5);
    }

    @Override
    IloClient connect(HttpsExchange https, IloProfile profile, IloAccess access) {
        return new RibclConnector(https, IloTrace.NONE).connect(access);
    }
}
