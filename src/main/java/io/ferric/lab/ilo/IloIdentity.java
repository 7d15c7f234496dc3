package io.ferric.lab.ilo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Who a simulated iLO says it is.
 *
 * @param serial the server's serial number; the iLO's own is {@code ILO} and this
 * @param product the server's model
 * @param uuid the server's UUID as {@code /xmldata} shows it
 * @param firmware the iLO's firmware version
 * @param serverName the host name that the operating system reported
 * @param license the licence installed
 */
public record IloIdentity(
        String serial, String product, String uuid, String firmware, String serverName, String license) {

    /** A ProLiant DL360 Gen9 with iLO 4 firmware 2.50 and an Advanced licence. */
    public static IloIdentity gen9(String serial) {
        return new IloIdentity(serial, "ProLiant DL360 Gen9", "755871" + serial, "2.50", "pretend", "iLO 4 Advanced");
    }

    /**
     * The UUID in the form that SMBIOS and Redfish show: the sixteen characters of {@link #uuid} taken as bytes, the
     * first three groups in little-endian order.
     */
    public String canonicalUuid() {
        byte[] b = Arrays.copyOf(uuid.getBytes(StandardCharsets.US_ASCII), 16);
        return "%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-%02X%02X%02X%02X%02X%02X"
                .formatted(
                        b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
                        b[15]);
    }

    /** The same machine with the model, firmware and licence of a profile. */
    IloIdentity of(IloProfile profile) {
        return new IloIdentity(serial, profile.model(), uuid, profile.firmware(), serverName, profile.license());
    }

    IloIdentity serial(String number) {
        String own = uuid.endsWith(serial) ? uuid.substring(0, uuid.length() - serial.length()) + number : uuid;
        return new IloIdentity(number, product, own, firmware, serverName, license);
    }

    IloIdentity licensed(String type) {
        return new IloIdentity(serial, product, uuid, firmware, serverName, type);
    }

    IloIdentity model(String name) {
        return new IloIdentity(serial, name, uuid, firmware, serverName, license);
    }
}
