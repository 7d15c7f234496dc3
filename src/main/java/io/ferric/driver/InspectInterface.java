package io.ferric.driver;

import java.util.List;
import java.util.Map;

/** Finds out what a server is made of. */
public interface InspectInterface {
    /** Notes everything that is wrong with the node's settings; asks no hardware. */
    void validate(Task task, Findings findings);

    /** Asks the hardware; changes nothing of the node, which is the conductor's. */
    Inspected inspect(Task task);

    /**
     * What was found.
     *
     * @param properties for the node's properties: {@code memory_mb}, {@code cpus}, {@code local_gb}, {@code cpu_arch} ...
     * @param capabilities merged into the node's {@code properties/capabilities}, which keeps what it has besides
     * @param macs of ports to create where there are none; six pairs of lower-case hex digits with colons
     * @param inventory everything found, as plain JSON values, to be kept and shown
     */
    record Inspected(
            Map<String, Object> properties,
            Map<String, String> capabilities,
            List<String> macs,
            Map<String, Object> inventory) {}
}
