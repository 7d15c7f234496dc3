/**
 * The commands that ask a conductor over its API, after the manner of {@code openstack baremetal}: a table of commands a
 * group ({@link io.ferric.cli.remote.NodeCommands} the largest), and one of resources with their fields
 * ({@link io.ferric.cli.remote.Resource}) from which list, show, create, set, unset and delete are made. Leans on
 * {@code client} for the API and on {@code cli.terminal} for output. Start with {@link io.ferric.cli.remote.RemoteCommands}.
 */
package io.ferric.cli.remote;
