package io.ferric.publish;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Keeps one token for all threads. Who needs a new one while somebody logs in waits for that login and shares its end,
 * good or bad; the lock is never held while Keystone is asked.
 */
final class TokenKeeper {
    /** Gets a new token. */
    @FunctionalInterface
    interface Source {
        HeldToken fetch() throws IOException;
    }

    private final Source source;
    private final Clock clock;
    private Optional<HeldToken> held = Optional.empty();
    private Optional<CompletableFuture<HeldToken>> underWay = Optional.empty();

    TokenKeeper(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** A token that is good for so long, or as fresh as Keystone's lifetime allows. */
    HeldToken current(Duration atLeast) throws IOException {
        return get(Optional.empty(), atLeast);
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
                Optional<HeldToken> good = held.filter(token -> token.lasts(atLeast, clock.instant()));
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
