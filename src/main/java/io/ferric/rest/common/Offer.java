package io.ferric.rest.common;

import io.ferric.conductor.Conductor;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What every resource works with; the one thing injected into them.
 *
 * @param maxPageSize how many items a list shows at most
 * @param uuids names new nodes and ports whose creator did not
 */
public record Offer(Conductor conductor, int maxPageSize, Supplier<UUID> uuids) {}
