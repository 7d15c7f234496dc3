package io.ferric.ilo;

/**
 * The places of the steps in automatic cleaning, the highest first; 0 leaves a step to those who ask for it by name.
 *
 * @param eraseDevicesMetadata wiping partition tables and signatures; 99 as in Ironic
 * @param eraseDevices making every byte zero, which may take hours
 * @param resetIlo restarting the iLO
 * @param biosFactoryReset the BIOS settings of the factory, the boot mode among them
 */
public record CleanPriorities(int eraseDevicesMetadata, int eraseDevices, int resetIlo, int biosFactoryReset) {
    public CleanPriorities {
        require(eraseDevicesMetadata, "erase_devices_metadata");
        require(eraseDevices, "erase_devices");
        require(resetIlo, "reset_ilo");
        require(biosFactoryReset, "bios_factory_reset");
    }

    public static CleanPriorities defaults() {
        return new CleanPriorities(99, 0, 0, 0);
    }

    private static void require(int priority, String name) {
        if (priority < 0) {
            throw new IllegalArgumentException(
                    "ilo.clean_priorities: " + name + " must be 0 (not by itself) or more: " + priority);
        }
    }
}
