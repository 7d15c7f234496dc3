package io.ferric.ilo.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a certificate names the address it was shown at, for where Java's TLS does not ask. Only alternative names
 * count; a star stands for the whole first label. Source: RFC 9525 section 6.
 */
final class CertificateName {
    private static final int DNS = 2;
    private static final int IP = 7;
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private CertificateName() {}

    /** @throws CertificateException in Java's own words, by which they are known */
    static void check(X509Certificate certificate, String address) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null || names.stream().noneMatch(name -> fits(name, address))) {
            throw new CertificateException("No subject alternative names matching " + address + " found");
        }
    }

    private static boolean fits(List<?> name, String address) {
        boolean literal = LITERAL.matcher(address).matches();
        int wanted = literal ? IP : DNS;
        if (!Integer.valueOf(wanted).equals(name.get(0)) || !(name.get(1) instanceof String named)) {
            return false;
        }
        return literal ? sameAddress(named, address) : sameName(lower(named), lower(address));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean sameName(String named, String host) {
        int dot = host.indexOf('.');
        return named.equals(host)
                || named.startsWith("*.")
                        && named.indexOf('.', 2) > 0
                        && dot > 0
                        && named.substring(1).equals(host.substring(dot));
    }

    private static boolean sameAddress(String named, String address) {
        try {
            // literals: nothing is looked up
            return LITERAL.matcher(named).matches()
                    && InetAddress.getByName(named).equals(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
