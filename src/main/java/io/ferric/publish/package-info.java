/**
 * Where a BMC can fetch what we made: a name and a file go in, a signed and expiring URL comes out.
 *
 * <p>Start at {@link io.ferric.publish.Publisher}; {@link io.ferric.publish.LocalPublisher} serves files itself and
 * {@link io.ferric.publish.SwiftPublisher} lets OpenStack Swift do it. {@link io.ferric.publish.GlanceImages} reads the
 * images of OpenStack Glance. This room leans on the JDK, openstack4j and slf4j, and knows nothing of nodes.
 */
package io.ferric.publish;
