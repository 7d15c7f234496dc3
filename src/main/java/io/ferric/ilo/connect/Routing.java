package io.ferric.ilo.connect;

import io.ferric.ilo.client.FirmwareVersion;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.connect.Route.Subject;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.OperationFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a question to one iLO in the protocol that suits it. Another protocol is tried only when one says that it does
 * not do that at all, so that nothing was changed: not after a rejected login, and not when a command may have been
 * obeyed. When all say so, what is known of the iLO may be out of date; then it is found out anew, once a question and
 * not more often than every minute. Safe for use by many threads.
 */
final class Routing {
    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
    private static final String FAILED = " failed: ";
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final IloAccess access;
    private final KnownIlos ilos;
    private final BiFunction<IloProtocol, Detected, IloClient> clients;

    Routing(IloAccess access, KnownIlos ilos, BiFunction<IloProtocol, Detected, IloClient> clients) {
        this.access = access;
        this.ilos = ilos;
        this.clients = clients;
    }

    /** An answer with the protocol that gave it. */
    record Heard<T>(T value, IloProtocol protocol) {}

    /** The protocol that is tried first. */
    IloProtocol first(Subject subject) {
        return ilos.at(access).order(subject).get(0);
    }

    /** Has it found out anew when its firmware is not the one that was found. */
    void firmwareIs(FirmwareVersion version) {
        if (!ilos.at(access).detected().identity().version().orElse(version).equals(version)) {
            forget();
        }
    }

    void forget() {
        ilos.forget(access);
    }

    <T> Heard<T> ask(Subject subject, Function<IloClient, T> question) {
        KnownIlo ilo = ilos.at(access);
        try {
            return ask(ilo, subject, question);
        } catch (OperationFailed e) {
            if (!NotOffered.caused(e) || ilos.age(ilo).compareTo(FRESH) < 0) {
                throw e;
            }
            ilos.forget(access);
            KnownIlo anew = ilos.at(access);
            if (anew.detected().equals(ilo.detected())) {
                throw e;
            }
            LOG.info("{} is now {}", access.authority(), anew.detected().identity());
            return ask(anew, subject, question);
        }
    }

    private <T> Heard<T> ask(KnownIlo ilo, Subject subject, Function<IloClient, T> question) {
        Optional<OperationFailed> refusal = Optional.empty();
        for (IloProtocol protocol : ilo.order(subject)) {
            try {
                T value = question.apply(clients.apply(protocol, ilo.detected()));
                if (refusal.isPresent()) {
                    ilo.learn(subject, protocol);
                }
                return new Heard<>(value, protocol);
            } catch (OperationFailed e) {
                if (!NotOffered.caused(e)) {
                    throw e;
                }
                refusal = Optional.of(
                        refusal.map(first -> both(first, protocol, e)).orElse(e));
            }
        }
        throw refusal.orElseThrow();
    }

    /** What both say, in one line. */
    private static OperationFailed both(OperationFailed first, IloProtocol other, OperationFailed second) {
        String said = second.getMessage();
        int why = said.indexOf(FAILED);
        return NotOffered.fault(
                first.getMessage() + "; by " + other + " neither: "
                        + (why < 0 ? said : said.substring(why + FAILED.length())),
                first.hint().or(second::hint).orElse(""),
                first);
    }
}
