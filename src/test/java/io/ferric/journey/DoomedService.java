package io.ferric.journey;

import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A Ferric that dies at a given point of its work, as by kill -9. Points are the moment before each entry of a node's
 * history, a few moments in the writing of a disk, and before and after each thing done to an iLO. They count from when a
 * file named {@code armed} lies beside the list of points. Arguments: configuration, list of points to write, and the
 * number of the point to die at, 0 for none.
 */
final class DoomedService {
    private static final Set<String> CHANGES = Set.of(
            "powerOn",
            "pressPowerButton",
            "holdPowerButton",
            "reset",
            "coldBoot",
            "insertMedia",
            "ejectMedia",
            "connectMedia",
            "setOneTimeBoot",
            "clearOneTimeBoot",
            "setPersistentBoot",
            "setBootMode");
    private static final Set<Integer> PROGRESS = Set.of(1, 3, 10, 100, 500);

    private final Path list;
    private final int deadly;
    private int reached;
    private int progress;

    private DoomedService(Path list, int deadly) {
        this.list = list;
        this.deadly = deadly;
    }

    public static void main(String[] arguments) throws Exception {
        DoomedService doomed = new DoomedService(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        IloConnections ilos = IloConnections.create(IloTrace.NONE, Clock.systemUTC());
        Ferric.builder()
                .config(FerricConfig.read(Path.of(arguments[0])))
                .clock(doomed.clock())
                .iloConnector(doomed.around(ilos))
                .start();
        new CountDownLatch(1).await();
    }

    private synchronized void reach(String point) {
        if (!Files.exists(list.resolveSibling("armed"))) {
            return;
        }
        reached++;
        try {
            Files.writeString(list, reached + " " + point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (reached == deadly) {
            Runtime.getRuntime().halt(137); // no hooks, nothing is closed: all that is left is what was written
        }
    }

    /** The time is asked for right before an entry of the history is written. */
    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return Clock.systemUTC().getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                entry().ifPresent(DoomedService.this::reach);
                return Instant.now();
            }
        };
    }

    private Optional<String> entry() {
        return StackWalker.getInstance()
                .walk(frames -> frames.dropWhile(frame -> !frame.getClassName().startsWith("io.ferric.conductor"))
                        .findFirst()
                        .filter(frame -> frame.getClassName().equals("io.ferric.conductor.Journal"))
                        .map(StackWalker.StackFrame::getMethodName))
                .filter(method -> !method.equals("tellMove"))
                .filter(method -> !method.equals("progress") || PROGRESS.contains(nextProgress()))
                .map(method -> method.equals("progress") ? "progress " + progress : "before history: " + method);
    }

    private synchronized int nextProgress() {
        return Files.exists(list.resolveSibling("armed")) ? ++progress : 0;
    }

    private IloConnector around(IloConnector connector) {
        return access -> {
            IloClient ilo = connector.connect(access);
            return (IloClient) Proxy.newProxyInstance(
                    IloClient.class.getClassLoader(), new Class<?>[] {IloClient.class}, (proxy, method, arguments) -> {
                        boolean change = CHANGES.contains(method.getName());
                        if (change) {
                            reach("before iLO: " + method.getName());
                        }
                        try {
                            Object answer = method.invoke(ilo, arguments);
                            if (change) {
                                reach("after iLO: " + method.getName());
                            }
                            return answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        };
    }
}
