/**
 * When things happen: reservations, the visits of a deploy and of a tear-down, timeouts, the power sync, and the one place
 * that changes a node's provision state ({@code Settlement}). Leans on {@code node}, {@code driver} and {@code store};
 * durable work is done by db-scheduler on the same database. Start with {@link io.ferric.conductor.Conductor}.
 */
package io.ferric.conductor;
