package io.ferric.publish;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The addresses a TempURL can be limited to, as Swift reads them: one, or a network without bits of a host. */
final class IpRange {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    /** Never a name, so that no name server is asked. */
    private static final Pattern FORM =
            Pattern.compile("(" + OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?");

    private IpRange() {}

    /** @throws IllegalArgumentException when Swift would refuse every URL with it */
    static void check(String text) {
        if (!FORM.matcher(text).matches() || !isNetwork(text.split("/"))) {
            throw new IllegalArgumentException("'" + text.replaceAll("[^ -~]", "?")
                    + "' is no address and no network; write 10.1.0.17, 10.1.0.0/24 or 2001:db8::/64, with no bits"
                    + " behind the length of the network");
        }
    }

    private static boolean isNetwork(String[] parts) {
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            BigInteger number = new BigInteger(1, address);
            int bits = address.length * 8;
            int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            return prefix <= bits && (number.signum() == 0 || number.getLowestSetBit() >= bits - prefix);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
