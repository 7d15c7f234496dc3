/**
 * A pretend rack: servers with an iLO each, for demonstrations and tests, that do only what real ones could.
 *
 * <p>{@link io.ferric.lab.ilo.SimulatedIlo} is the management processor, {@link io.ferric.lab.SimulatedServer} the machine
 * behind it; both misbehave on request ({@link io.ferric.lab.ilo.IloFault}, {@link io.ferric.lab.ServerFault}). Nothing
 * here shares code with what it tests: the image readers, the iSCSI target and the RIBCL reader are its own. It may
 * lean on the JDK, Jackson, Bouncy Castle and slf4j. Start reading at {@link io.ferric.lab.PretendRack}.
 */
package io.ferric.lab;
