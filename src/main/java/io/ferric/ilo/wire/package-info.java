/**
 * How to reach an iLO and carry requests there: {@link io.ferric.ilo.wire.HttpsExchange} with its deadlines, turns, TLS
 * and trust, {@link io.ferric.ilo.wire.HttpAnswer} that reads what embedded web servers write, and {@link
 * io.ferric.ilo.wire.ConnectionTrouble}, the table of what goes wrong and what it means. Knows nothing of what is said.
 * Leans on the JDK, on {@code node}, and on Bouncy Castle for a TLS that Java no longer speaks.
 */
package io.ferric.ilo.wire;
