package io.ferric.publish.http;

/**
 * Answers requests. It is called on the server's only thread, so it must not wait for anything; what it throws becomes a
 * 500.
 */
@FunctionalInterface
public interface Handler {
    Response answer(Request request);
}
