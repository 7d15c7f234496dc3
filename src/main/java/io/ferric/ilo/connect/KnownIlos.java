package io.ferric.ilo.connect;

import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.Recent;
import io.ferric.node.OperationFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Remembers what was found where, for a while and for a limited number of addresses. Of many who ask after one iLO at a
 * time one looks and the others wait for what it finds, so that an iLO that rejects a login hears it once. Safe for use
 * by many threads.
 */
final class KnownIlos {
    static final Duration AGE_LIMIT = Duration.ofHours(1);
    private static final int SIZE_LIMIT = 10_000;

    private final Function<IloAccess, Detected> detector;
    private final Clock clock;
    private final ConcurrentMap<Place, Search> running = new ConcurrentHashMap<>();
    private final Map<Place, KnownIlo> known = new Recent<>(SIZE_LIMIT);

    KnownIlos(Function<IloAccess, Detected> detector, Clock clock) {
        this.detector = detector;
        this.clock = clock;
    }

    private record Place(String authority, Optional<IloProtocol> forced) {
        static Place of(IloAccess access) {
            return new Place(access.authority(), access.protocol());
        }
    }

    private record Search(IloAccess access, CompletableFuture<KnownIlo> result) {}

    /** What is remembered, or else found out now. */
    KnownIlo at(IloAccess access) {
        Place place = Place.of(access);
        while (true) {
            Optional<KnownIlo> remembered = remembered(place);
            if (remembered.isPresent()) {
                return remembered.get();
            }
            Search mine = new Search(access, new CompletableFuture<>());
            Search other = running.putIfAbsent(place, mine);
            if (other == null) {
                return find(place, mine);
            }
            Optional<KnownIlo> found = awaited(other, access);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Has the next who asks find out anew. */
    void forget(IloAccess access) {
        synchronized (known) {
            known.remove(Place.of(access));
        }
    }

    /** How long ago it was found out. */
    Duration age(KnownIlo ilo) {
        return Duration.between(ilo.since(), clock.instant());
    }

    private KnownIlo find(Place place, Search mine) {
        try {
            // somebody may have found it between our looking and our turn
            KnownIlo found = remembered(place).orElseGet(() -> detect(place, mine.access()));
            mine.result().complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            mine.result().completeExceptionally(e);
            throw e;
        } finally {
            running.remove(place, mine);
        }
    }

    private KnownIlo detect(Place place, IloAccess access) {
        Detected detected = detector.apply(access);
        KnownIlo found = new KnownIlo(detected, clock.instant());
        if (detected.sure()) {
            synchronized (known) {
                known.put(place, found);
            }
        }
        return found;
    }

    /** What the other finds; empty when it fails in a way that need not be ours. */
    private static Optional<KnownIlo> awaited(Search other, IloAccess access) {
        try {
            return Optional.of(other.result().join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof OperationFailed failure
                    && other.access().equals(access)) {
                // a fault of our own: it will be told where it happened
                throw new OperationFailed(
                        failure.code(), failure.getMessage(), failure.hint().orElse(""), failure.getCause());
            }
            return Optional.empty();
        }
    }

    private Optional<KnownIlo> remembered(Place place) {
        Instant now = clock.instant();
        synchronized (known) {
            KnownIlo found = known.get(place);
            if (found != null && found.since().plus(AGE_LIMIT).isBefore(now)) {
                known.remove(place);
                return Optional.empty();
            }
            return Optional.ofNullable(found);
        }
    }
}
