/**
 * What an iLO can do, in words of no protocol: {@link io.ferric.ilo.client.IloClient} and the values it gives. The
 * protocols are next door in {@code ribcl} and {@code redfish}; {@code connect} picks between them. Leans on {@code wire}
 * and {@code node}.
 */
package io.ferric.ilo.client;
