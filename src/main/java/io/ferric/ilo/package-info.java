/**
 * How a server with an HPE iLO is deployed: its power, its boot device, and the iLO virtual-media iSCSI deploy of
 * OpenStack's blueprint. May lean on {@code node}, {@code driver}, {@code deploy}, {@code image} and {@code publish}, and
 * on {@link io.ferric.ilo.client} for the talking; knows nothing of when things happen, which is the conductor's. Start
 * with {@link io.ferric.ilo.IloVirtualMediaIscsiDeploy} for the first visit of a deploy, {@link
 * io.ferric.ilo.VendorPassthru} for the second, and {@link io.ferric.ilo.VirtualMediaBoot} for what both lean on; {@code IloSteps} has
 * what is done when a server is cleaned.
 */
package io.ferric.ilo;
