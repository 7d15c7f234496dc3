package io.ferric.lab.ilo;

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

    IloIdentity serial(String number) {
        return new IloIdentity(number, product, uuid, firmware, serverName, license);
    }

    IloIdentity licensed(String type) {
        return new IloIdentity(serial, product, uuid, firmware, serverName, type);
    }

    IloIdentity model(String name) {
        return new IloIdentity(serial, name, uuid, firmware, serverName, license);
    }
}
