package io.ferric.contract;

import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.redfish.RedfishConnector;
import io.ferric.ilo.redfish.RedfishSettings;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.lab.ilo.IloProfile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;

/** Redfish: iLO 4 to iLO 7. */
class RedfishClientContractTest extends IloClientContract {
    private final ScheduledThreadPoolExecutor logouts = new ScheduledThreadPoolExecutor(1);

    @AfterAll
    void end() {
        logouts.shutdownNow();
    }

    @Override
    List<IloProfile> profiles() {
        return List.of(IloProfile.ILO4_GEN8, IloProfile.ILO4_GEN9, IloProfile.ILO5, IloProfile.ILO6, IloProfile.ILO7);
    }

    @Override
    IloClient connect(HttpsExchange https, IloProfile profile, IloAccess access) {
        Identity identity = new Identity(
                Generation.valueOf("ILO" + profile.generation()), profile.firmware(), Optional.of(profile.model()));
        return new RedfishConnector(https, IloTrace.NONE, RedfishSettings.standard(logouts)).connect(access, identity);
    }
}
