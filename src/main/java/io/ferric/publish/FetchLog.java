package io.ferric.publish;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Who fetched what from a publisher that serves by itself: the difference between "the BMC never fetched the ISO" and "it
 * got 403: the URL expired at 12:03".
 *
 * <p>Kept in memory and bounded, so the oldest entries are forgotten first and all are at a restart; {@link #since} tells
 * from when on silence means that nobody came. Publishing or storing a name again starts its entry afresh. Safe for use
 * by many threads.
 */
public interface FetchLog {
    /** When the log began: nothing is known of earlier requests. */
    Instant since();

    /** What was fetched of a name through whatever URL; empty when nobody came. */
    Optional<Fetched> of(String name);

    /**
     * What was fetched through one URL. Every URL signed is unlike every other, so this tells apart the servers that share
     * a boot ISO or a deploy ISO.
     */
    Optional<Fetched> of(URI url);

    /** The last request for a name that was refused. */
    Optional<Refusal> refusal(String name);

    /** The last request for a URL that was refused. */
    Optional<Refusal> refusal(URI url);

    /**
     * Requests that were answered.
     *
     * @param requests number of requests, HEAD included
     * @param bytes content bytes sent so far, repeated ones counted again
     * @param client address that came last
     */
    record Fetched(Instant first, Instant last, int requests, long bytes, String client) {}

    /**
     * A request that was refused.
     *
     * @param status the HTTP status sent
     * @param reason in plain words, for the operator; the client gets the status only
     * @param client address that asked
     */
    record Refusal(Instant at, int status, String reason, String client) {}
}
