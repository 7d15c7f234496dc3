/**
 * A small HTTP server for large files: one thread, any number of slow readers, byte ranges, optional TLS.
 *
 * <p>It knows nothing of what it serves: a {@link io.ferric.publish.http.Handler} answers each request, mostly by way of
 * {@link io.ferric.publish.http.FileAnswer}. It leans on the JDK and slf4j alone. Start at {@link
 * io.ferric.publish.http.FileServer}. The JDK's own server holds a thread for each slow reader, which is why this one
 * exists.
 */
package io.ferric.publish.http;
