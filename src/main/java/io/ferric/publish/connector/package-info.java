/**
 * The transport of openstack4j on {@code java.net.http}: uploads are streamed from files with their length, connections
 * are kept, everything has a deadline, and every fault of the network has words.
 *
 * <p>Start reading at {@link io.ferric.publish.connector.HttpTransport}. openstack4j's own services find {@link
 * io.ferric.publish.connector.JdkConnector} by {@code META-INF/services} and take the first one they find, so no other
 * connector may be on the class path: the published ones hold whole uploads in memory, or store an empty object when the
 * token has expired. This package leans on the JDK and openstack4j.
 */
package io.ferric.publish.connector;
