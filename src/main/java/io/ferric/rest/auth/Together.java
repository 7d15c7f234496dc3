package io.ferric.rest.auth;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does work once for all who want the same at the same time. Safe for use by many threads. */
final class Together<T> {
    /** How long others wait for the one who does the work. */
    private static final long PATIENCE_SECONDS = 10;

    private final ConcurrentMap<String, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();

    interface Work<T> {
        T run() throws IOException;
    }

    /** What the work gives, done by this thread or by one that began it before. */
    T once(String key, Work<T> work) throws IOException {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            return heard(others);
        }
        try {
            T result = work.run();
            mine.complete(result);
            return result;
        } catch (IOException | RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key);
        }
    }

    private static <T> T heard(CompletableFuture<T> others) throws IOException {
        try {
            return others.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another thread was asking", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException same) {
                throw same;
            }
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }
}
