package io.ferric.lab.ilo;

import java.util.Arrays;
import java.util.Optional;

/** How the persistent boot list of a server in UEFI mode names its devices. */
enum UefiBootEntry {
    BOOT0009(BootTarget.HDD, "Boot0009", "Embedded RAID 1 : Smart Array P440ar Controller - Logical Drive"),
    BOOT000A(
            BootTarget.NETWORK,
            "Boot000A",
            "Embedded LOM 1 Port 1 : HP Ethernet 1Gb 4-port 331i Adapter - NIC (PXE IPv4)"),
    BOOT000B(BootTarget.CDROM, "Boot000B", "iLO Virtual USB 2 : HP iLO Virtual USB CD/DVD ROM"),
    BOOT000C(BootTarget.FLOPPY, "Boot000C", "iLO Virtual USB 1 : HP iLO Virtual USB Key"),
    BOOT000D(BootTarget.USB, "Boot000D", "Generic USB Boot");

    private final BootTarget target;
    private final String number;
    private final String description;

    UefiBootEntry(BootTarget target, String number, String description) {
        this.target = target;
        this.number = number;
        this.description = description;
    }

    static UefiBootEntry of(BootTarget target) {
        return Arrays.stream(values())
                .filter(entry -> entry.target == target)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(target + " has no UEFI boot entry"));
    }

    static Optional<BootTarget> byNumber(String number) {
        return Arrays.stream(values())
                .filter(entry -> entry.number.equals(number))
                .map(entry -> entry.target)
                .findFirst();
    }

    String number() {
        return number;
    }

    String description() {
        return description;
    }
}
