package io.ferric.ilo.connect;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.redfish.RedfishConnector;
import io.ferric.ilo.redfish.RedfishSettings;
import io.ferric.ilo.ribcl.RibclConnector;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IdleThreads;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.Pause;
import io.ferric.node.OperationFailed;
import java.time.Clock;

/**
 * Clients for iLOs of every generation: finds out which iLO it is when the first question is asked, remembers it, and
 * asks each question in the protocol that answers it best. Use one for a process: what it remembers and the rule of one
 * call at a time hold within it. Safe for use by many threads.
 */
public final class IloConnections implements IloConnector, AutoCloseable {
    /** An iLO that does not answer keeps a log-out busy for a time-out, and others must not wait for it. */
    private static final int LOGOUTS = 4;

    private final IloConnector ribcl;
    private final RedfishSeam redfish;
    private final Detector detector;
    private final KnownIlos ilos;

    IloConnections(HttpsExchange https, IloTrace trace, RedfishSeam redfish, Clock clock) {
        this.ribcl = new RibclConnector(https, trace);
        this.redfish = redfish;
        this.detector = new Detector(https, ribcl, trace);
        this.ilos = new KnownIlos(detector::detect, clock);
    }

    public static IloConnections create(IloTrace trace) {
        return create(trace, Clock.systemUTC());
    }

    /** @param clock says when what was found at an address is too old */
    public static IloConnections create(IloTrace trace, Clock clock) {
        return create(trace, clock, Pause.SLEEP);
    }

    /** @param pause lets time pass between tries */
    public static IloConnections create(IloTrace trace, Clock clock, Pause pause) {
        HttpsExchange https = HttpsExchange.create();
        RedfishSettings settings = RedfishSettings.standard(IdleThreads.timer("ilo-logout", LOGOUTS))
                .pausing(pause);
        RedfishConnector redfish = new RedfishConnector(https, trace, settings);
        return new IloConnections(https, trace, RedfishSeam.of(redfish), clock);
    }

    /** Speaks {@link IloAccess#protocol()} if that names one, and else whatever suits the iLO and the question. */
    @Override
    public IloClient connect(IloAccess access) {
        return new RoutedClient(new Routing(access, ilos, (protocol, ilo) -> switch (protocol) {
            case RIBCL -> ribcl.connect(access);
            case REDFISH -> redfish.connect(access, ilo.identity());
        }));
    }

    /**
     * Which iLO it is and what can be spoken to it, as remembered for up to an hour.
     *
     * @throws OperationFailed in plain words, when there is no iLO or it cannot be asked
     */
    public Detected identify(IloAccess access) {
        return ilos.at(access).detected();
    }

    /** Logs out everywhere. */
    @Override
    public void close() {
        redfish.close();
    }
}
