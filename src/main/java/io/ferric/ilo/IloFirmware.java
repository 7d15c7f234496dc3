package io.ferric.ilo;

import io.ferric.driver.FirmwareInterface;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.NotOffered;
import io.ferric.node.OperationFailed;
import java.util.List;
import java.util.Optional;

/** The versions of a server's firmware and its iLO's, by the names that Ironic has for them. Safe for use by many threads. */
final class IloFirmware implements FirmwareInterface {
    private final NodeIlo ilos;
    private final Insistence insistence;

    IloFirmware(NodeIlo ilos, Insistence insistence) {
        this.ilos = ilos;
        this.insistence = insistence;
    }

    @Override
    public List<Component> components(Task task) {
        IloClient ilo = ilos.client(task);
        String bmc = insistence.get(ilo::firmware).version();
        return List.of(new Component("bios", bios(ilo)), new Component("bmc", Optional.of(bmc)));
    }

    /** An iLO 3 tells no inventory. */
    private Optional<String> bios(IloClient ilo) {
        try {
            return insistence.get(ilo::inventory).bios();
        } catch (OperationFailed e) {
            if (!NotOffered.caused(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
