package io.ferric.ilo.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a server is made of, as its iLO tells it.
 *
 * @param bios version of the system firmware
 * @param memoryMib all memory installed, in MiB
 * @param cpus logical processors: threads of all processors
 * @param health of the whole server
 */
public record Inventory(
        Optional<String> model,
        Optional<String> serial,
        Optional<String> uuid,
        Optional<String> bios,
        OptionalLong memoryMib,
        OptionalInt cpus,
        Optional<String> cpuModel,
        List<Disk> disks,
        List<Nic> nics,
        Health health) {
    public Inventory {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
    }

    /**
     * A logical drive, or a physical one that belongs to no logical drive as far as the iLO tells.
     *
     * @param gib capacity in GiB, rounded down
     */
    public record Disk(String name, boolean logical, long gib, Optional<String> mediaType, Health health) {}

    /**
     * A network port of the server, not of the iLO.
     *
     * @param mac six pairs of lower-case hex digits with colons
     * @param embedded on the system board, as the ports that Ironic's inspection counts
     */
    public record Nic(String name, String mac, boolean embedded, Health health) {}
}
