package io.ferric.deploy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A network in CIDR notation, and the reading of IP addresses without ever asking a name server. */
record IpNetwork(InetAddress base, int prefix) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** @throws IllegalArgumentException when this is no network */
    static IpNetwork parse(String text) {
        String[] parts = text.strip().split("/", -1);
        Optional<InetAddress> base = parts.length > 2 ? Optional.empty() : address(parts[0]);
        if (base.isEmpty()) {
            throw noNetwork(text);
        }
        int bits = base.get().getAddress().length * 8;
        try {
            int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : bits;
            if (prefix >= 0 && prefix <= bits) {
                return new IpNetwork(base.get(), prefix);
            }
        } catch (NumberFormatException e) {
            throw noNetwork(text);
        }
        throw noNetwork(text);
    }

    /** The address when the text is one; a name, a zone, or digits with leading zeros are none. */
    static Optional<InetAddress> address(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        int host = ours.length * 8 - prefix;
        return ours.length == theirs.length
                && new BigInteger(1, ours).shiftRight(host).equals(new BigInteger(1, theirs).shiftRight(host));
    }

    /** Whether {@link #base} is a machine in its network, not the network itself or, in IPv4, all of its machines. */
    boolean isHost() {
        int host = base.getAddress().length * 8 - prefix;
        BigInteger mask = BigInteger.ONE.shiftLeft(host).subtract(BigInteger.ONE);
        BigInteger own = new BigInteger(1, base.getAddress()).and(mask);
        boolean everybody = base.getAddress().length == 4 && own.equals(mask);
        return prefix > 0 && (host < 2 || own.signum() > 0 && !everybody);
    }

    private static IllegalArgumentException noNetwork(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no network; write one such as 10.1.0.0/16 or 2001:db8::/32");
    }
}
