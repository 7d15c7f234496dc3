package io.ferric.conductor;

import java.time.Instant;
import java.util.Set;

/**
 * A conductor that shares the database, as it last told of itself.
 *
 * @param alive whether it told so lately
 * @param drivers those it has
 * @param heartbeatAt when it last told
 */
public record ConductorInfo(String host, boolean alive, Set<String> drivers, Instant heartbeatAt, Instant createdAt) {}
