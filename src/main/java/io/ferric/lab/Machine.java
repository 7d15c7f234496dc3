package io.ferric.lab;

import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.lab.iscsi.SparseDisk;
import io.ferric.lab.kit.Faults;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;

/**
 * The parts of a simulated server that firmware, ramdisk and instance work with.
 *
 * @param media fetches virtual media as the iLO does
 * @param network the server's own network, to the conductor
 */
record Machine(
        SimulatedIlo ilo,
        Path diskFile,
        SparseDisk disk,
        Endpoint endpoint,
        HttpClient media,
        HttpClient network,
        ServerTimes times,
        Faults<ServerFault> faults,
        Console console) {

    /** Where the deploy ramdisk listens. */
    record Endpoint(InetAddress address, int iscsiPort, int notifyPort) {}

    boolean struck(ServerFault fault) {
        boolean strikes = faults.strikes(fault);
        if (strikes) {
            console.note("fault: " + fault);
        }
        return strikes;
    }
}
