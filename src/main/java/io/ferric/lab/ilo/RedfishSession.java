package io.ferric.lab.ilo;

import java.time.Instant;

/**
 * A session that is open at the JSON faces of an iLO; its token is not told.
 *
 * @param id the last part of its path
 */
public record RedfishSession(String id, String user, Instant since) {}
