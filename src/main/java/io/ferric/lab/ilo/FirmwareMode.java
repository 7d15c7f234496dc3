package io.ferric.lab.ilo;

/** How the server's firmware boots; {@code UNKNOWN} as a pending mode means that nothing was set yet. */
public enum FirmwareMode {
    LEGACY,
    UEFI,
    UNKNOWN
}
