package io.ferric.driver;

/**
 * Something that was done to a BMC, for the record.
 *
 * @param what was done, such as {@code insert media CDROM http://10.0.0.1/.../boot.iso}; no secrets, no signatures
 * @param address of the BMC, without user and password
 * @param protocol such as {@code REDFISH}
 * @param result {@code done}, or what went wrong in plain words
 */
public record BmcAction(String what, String address, String protocol, String result) {
    public static final String DONE = "done";
}
