package io.ferric.publish;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one token for all threads. Who needs a new one while somebody logs in waits for that login and shares its end,
 * good or bad; the lock is never held while Keystone is asked. A token that is to be renewed, but lives, is used on when
 * Keystone gives no other; Keystone is left in peace for a while then.
 */
final class TokenKeeper {
    /** Gets a new token. */
    @FunctionalInterface
    interface Source {
        HeldToken fetch() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);
    /** Between two tries of a renewal. */
    private static final Duration PEACE = Duration.ofSeconds(10);

    private final Source source;
    private final Clock clock;
    private Optional<HeldToken> held = Optional.empty();
    private Optional<CompletableFuture<HeldToken>> underWay = Optional.empty();
    private Instant renewAgain = Instant.MIN;

    TokenKeeper(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** A token that is good for so long, or as fresh as Keystone's lifetime allows. */
    HeldToken current(Duration atLeast) throws IOException {
        try {
            return get(Optional.empty(), atLeast);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            if (!atLeast.isZero()) {
                throw e;
            }
            HeldToken living = living().orElseThrow(() -> e);
            LOG.warn("the token is not renewed, and used on until {}: {}", living.goodUntil(), Faults.reason(e));
            return living;
        }
    }

    private synchronized Optional<HeldToken> living() {
        Instant now = clock.instant();
        Optional<HeldToken> living = held.filter(token -> now.isBefore(token.goodUntil()));
        renewAgain = living.isPresent() ? now.plus(PEACE) : Instant.MIN;
        return living;
    }

    /** Another than the one that was refused: a new one, unless another thread has it already. */
    HeldToken insteadOf(HeldToken refused) throws IOException {
        return get(Optional.of(refused.id()), Duration.ZERO);
    }

    private HeldToken get(Optional<String> refused, Duration atLeast) throws IOException {
        while (true) {
            CompletableFuture<HeldToken> login;
            boolean mine;
            synchronized (this) {
                held = held.filter(token -> !refused.equals(Optional.of(token.id())));
                Optional<HeldToken> good = held.filter(token -> goodEnough(token, atLeast));
                if (good.isPresent()) {
                    return good.get();
                }
                mine = underWay.isEmpty();
                login = underWay.orElseGet(CompletableFuture::new);
                underWay = Optional.of(login);
            }
            if (mine) {
                return fetch(login);
            }
            Optional<HeldToken> shared = await(login);
            if (shared.isPresent()) {
                return shared.get();
            }
        }
    }

    private boolean goodEnough(HeldToken token, Duration atLeast) {
        Instant now = clock.instant();
        boolean inPeace = atLeast.isZero() && now.isBefore(renewAgain) && now.isBefore(token.goodUntil());
        return inPeace || token.lasts(atLeast, now);
    }

    private HeldToken fetch(CompletableFuture<HeldToken> login) throws IOException {
        HeldToken got;
        try {
            got = source.fetch();
        } catch (IOException | RuntimeException | Error e) {
            finish(Optional.empty());
            if (e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
                login.cancel(false);
            } else {
                login.completeExceptionally(e);
            }
            throw e;
        }
        finish(Optional.of(got));
        login.complete(got);
        return got;
    }

    private synchronized void finish(Optional<HeldToken> got) {
        held = got.or(() -> held);
        underWay = Optional.empty();
    }

    /** The end of another thread's login; empty when that thread was interrupted, which is no fault of ours. */
    private static Optional<HeldToken> await(CompletableFuture<HeldToken> login) throws IOException {
        try {
            return Optional.of(login.get());
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException(Faults.reason(e.getCause()), e.getCause());
        }
    }
}
