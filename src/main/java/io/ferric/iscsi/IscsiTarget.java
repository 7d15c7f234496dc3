package io.ferric.iscsi;

import java.util.Optional;

/**
 * Which disk to open: the address to log in to, the target's name there, and the logical unit.
 *
 * <p>The address is used as given; portals that a target announces are never followed. Immutable.
 *
 * @param host host name or IP address, without brackets
 * @param port TCP port, usually 3260
 * @param iqn the target's iSCSI name, such as {@code iqn.2008-10.org.openstack:disk}
 * @param lun logical unit number, 0 to 16383; a tgt or LIO ramdisk has its disk at 1
 * @param chap credentials, when the target wants some
 */
public record IscsiTarget(String host, int port, String iqn, long lun, Optional<Chap> chap) {
    /** The port IANA gave to iSCSI. */
    public static final int DEFAULT_PORT = 3260;

    private static final int MAX_NAME = 223;
    private static final int FIRST_FLAT_LUN = 256;
    private static final int MAX_LUN = 16383;

    /** Checks that every part could be sent; the message names the part that could not. */
    public IscsiTarget {
        require(!host.isBlank(), "iSCSI host is empty");
        require(port > 0 && port < 65536, "iSCSI port " + port + " is not between 1 and 65535");
        require(lun >= 0 && lun <= MAX_LUN, "LUN " + lun + " is not between 0 and " + MAX_LUN);
        require(
                isName(iqn),
                "iSCSI name '" + Words.printable(iqn) + "' is not an iqn., eui. or naa. name of printable"
                        + " characters, at most " + MAX_NAME);
    }

    /** A target that asks for no credentials. */
    public static IscsiTarget of(String host, int port, String iqn, long lun) {
        return new IscsiTarget(host, port, iqn, lun, Optional.empty());
    }

    /** The same disk, logging in with credentials. */
    public IscsiTarget withChap(Chap credentials) {
        return new IscsiTarget(host, port, iqn, lun, Optional.of(credentials));
    }

    /** The LUN as it stands in a PDU: peripheral addressing below 256, flat addressing above (SAM-5 section 4.7). */
    long encodedLun() {
        return lun < FIRST_FLAT_LUN ? lun << 48 : (lun | 0x4000L) << 48;
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    String portal() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    private static boolean isName(String name) {
        boolean known = name.startsWith("iqn") || name.startsWith("eui.") || name.startsWith("naa.");
        return known && name.length() <= MAX_NAME && name.chars().allMatch(c -> c > ' ' && c != 0x7f);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
