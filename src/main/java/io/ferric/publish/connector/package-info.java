/**
 * The transport of openstack4j on {@code java.net.http}: uploads are streamed from files with their length, connections
 * are kept, everything has a deadline.
 *
 * <p>openstack4j finds {@link io.ferric.publish.connector.JdkConnector} by {@code META-INF/services} and takes the first
 * one it finds, so no other connector may be on the class path. It leans on the JDK and openstack4j. The published
 * connectors hold whole uploads in memory, or store an empty object when the token has expired.
 */
package io.ferric.publish.connector;
