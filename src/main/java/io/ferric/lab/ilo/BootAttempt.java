package io.ferric.lab.ilo;

import java.util.List;
import java.util.Map;

/**
 * One start of the server, as the firmware sees it.
 *
 * @param cause why it starts, such as {@code power on}
 * @param order what to try, first to last: the one-time device, if one was set, then the persistent list
 * @param bays what the virtual drives show
 * @param mode legacy BIOS or UEFI
 */
public record BootAttempt(String cause, List<BootTarget> order, Map<MediaDevice, Bay> bays, FirmwareMode mode) {
    public BootAttempt {
        order = List.copyOf(order);
        bays = Map.copyOf(bays);
    }
}
