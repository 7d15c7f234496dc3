package io.ferric.lab.ilo;

/** The two virtual drives of an iLO, by their RIBCL names (Redfish: 1 and 2). */
public enum MediaDevice {
    FLOPPY(BootTarget.FLOPPY),
    CDROM(BootTarget.CDROM);

    private final BootTarget bootTarget;

    MediaDevice(BootTarget bootTarget) {
        this.bootTarget = bootTarget;
    }

    /** The name of this drive in a boot order. */
    public BootTarget bootTarget() {
        return bootTarget;
    }
}
