package io.ferric.ilo.wire;

import java.io.IOException;

/**
 * A turn at one iLO: requests in a row, while nobody else's go to it. Uses one connection for as long as the iLO leaves
 * it open. For one thread.
 */
public interface IloLine {
    /**
     * Sends and returns whatever status came; redirections are not followed.
     *
     * @throws IOException when no proper answer came in time; nobody knows then whether the request was obeyed
     */
    HttpAnswer exchange(HttpCall call) throws IOException;
}
