package io.ferric.rest.auth;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /**
     * What the work gives, done by this thread or by one that began it before. A failure of the other one may be its own, such
     * as an interrupt: then the work is tried once more.
     */
    T once(String key, Work<T> work) throws IOException {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> others = underWay.putIfAbsent(key, mine);
        if (others == null) {
            return lead(key, mine, work);
        }
        if (!failed(others)) {
            return others.join();
        }
        others = underWay.putIfAbsent(key, mine);
        return others == null ? lead(key, mine, work) : heard(others);
    }

    private T lead(String key, CompletableFuture<T> mine, Work<T> work) throws IOException {
        try {
            T result = work.run();
            // first, so that whoever tries again does not find this one
            underWay.remove(key);
            mine.complete(result);
            return result;
        } catch (IOException | RuntimeException | Error e) {
            underWay.remove(key);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Whether what another thread does ended without a result. */
    private static boolean failed(CompletableFuture<?> others) throws IOException {
        try {
            others.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another thread was asking", e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private static <T> T heard(CompletableFuture<T> others) throws IOException {
        failed(others);
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException same) {
                throw same;
            }
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }
}
