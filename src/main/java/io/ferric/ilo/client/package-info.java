/**
 * Speaks to an iLO, and knows nothing of deploys. {@link io.ferric.ilo.client.IloClient} says what an iLO can do in words
 * of no protocol; {@link io.ferric.ilo.client.RibclConnector} makes clients that speak RIBCL, the XML protocol of iLO 3
 * to iLO 5. Leans on the JDK and on {@code node}. Start with {@code IloClient}, then {@code RibclClient}; the oddities of
 * real firmware are the table {@code RibclQuirk}, the meaning of its errors the table {@code RibclTrouble}.
 */
package io.ferric.ilo.client;
