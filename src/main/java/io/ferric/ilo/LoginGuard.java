package io.ferric.ilo;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps periodic work from locking an account out: an iLO that has rejected a login is not asked with it again for five
 * minutes, and for twice as long after each further rejection up to an hour. Other settings are tried at once. Safe for
 * use by many threads.
 */
final class LoginGuard {
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final IloConnector connector;
    private final Clock clock;
    private final Map<Login, Rejection> rejections = new ConcurrentHashMap<>();

    /** What is sent where. */
    private record Login(String authority, String user, Secret password) {
        Login(IloAccess access) {
            this(access.authority(), access.username(), access.password());
        }
    }

    /** @param lifted an operator wants it tried before its time is over */
    private record Rejection(Instant at, Duration pause, boolean lifted) {
        /** After a long time without any, the next one counts as the first. */
        static Rejection following(Optional<Rejection> before, Instant now) {
            Duration pause = before.map(each -> each.pause.multipliedBy(2)).orElse(FIRST);
            return new Rejection(now, pause.compareTo(LONGEST) > 0 ? LONGEST : pause, false);
        }

        Instant end() {
            return at.plus(pause);
        }

        boolean holds(Instant now) {
            return !lifted && now.isBefore(end());
        }

        boolean forgotten(Instant now) {
            return now.isAfter(end().plus(LONGEST));
        }
    }

    LoginGuard(IloConnector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    /** A client each of whose questions is refused here as long as the iLO must not be asked. */
    IloClient connect(IloAccess access) {
        Login login = new Login(access);
        IloClient ilo = connector.connect(access);
        return (IloClient) Proxy.newProxyInstance(
                IloClient.class.getClassLoader(),
                new Class<?>[] {IloClient.class},
                (proxy, method, arguments) -> call(login, new Question(ilo, method, arguments)));
    }

    /** Has the next question asked at once, for an operator who says that all is well now. */
    void lift(IloAccess access) {
        rejections.computeIfPresent(new Login(access), (key, each) -> new Rejection(each.at(), each.pause(), true));
    }

    /** One call of the interface. */
    private record Question(IloClient ilo, Method method, Object[] arguments) {
        Object ask() throws Throwable {
            try {
                return method.invoke(ilo, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private Object call(Login login, Question question) throws Throwable {
        if (question.method().getDeclaringClass() == IloClient.class) {
            refuseIfRejected(login);
        }
        try {
            return question.ask();
        } catch (OperationFailed e) {
            if (LoginRejected.caused(e)) {
                note(login);
            }
            throw e;
        }
    }

    private void note(Login login) {
        Instant now = clock.instant();
        rejections.values().removeIf(each -> each.forgotten(now));
        rejections.compute(login, (key, before) -> Rejection.following(Optional.ofNullable(before), now));
    }

    private void refuseIfRejected(Login login) {
        Optional.ofNullable(rejections.get(login))
                .filter(each -> each.holds(clock.instant()))
                .ifPresent(each -> {
                    throw new OperationFailed(
                            FaultCode.ILO_OPERATION_ERROR,
                            "iLO " + login.authority() + " rejected the user name or the password of '" + login.user()
                                    + "' at " + each.at() + " and is not asked with them again before " + each.end()
                                    + ", for iLOs lock out",
                            "Correct driver_info/ilo_username and ilo_password: what is changed is tried at once. If they"
                                    + " were put right in the iLO, the verb manage asks at once too, or wait.");
                });
    }
}
