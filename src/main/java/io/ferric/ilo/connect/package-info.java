/**
 * Picks the protocol. {@link io.ferric.ilo.connect.IloConnections} is what everyone uses: it finds out which iLO it is,
 * remembers it, and asks each question in the protocol that answers it best. Leans on {@code client}, {@code ribcl},
 * {@code redfish} and {@code wire}; nothing of the driver is known here.
 */
package io.ferric.ilo.connect;
