package io.ferric.lab;

/** How the server's firmware boots; {@code UNKNOWN} as a pending mode means that nothing was set yet. */
public enum FirmwareMode {
    LEGACY,
    UEFI,
    UNKNOWN
}
