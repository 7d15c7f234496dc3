/**
 * Redfish, the JSON protocol of iLO 4 (from firmware 2.30 on) to iLO 7. Start with {@code RedfishClient}, and {@code
 * RedfishIlo} for how a question is asked; the meaning of errors is the table {@code RedfishTrouble}. What an iLO can do
 * is found by looking at what its resources offer; where looking does not help, {@link io.ferric.ilo.client.Quirk} is
 * asked. Leans on {@code client} and {@code wire}. Source: DMTF DSP0266, HPE's RESTful API guides, and what proliantutils
 * and sushy rely on.
 */
package io.ferric.ilo.redfish;
