package io.ferric.lab.iscsi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The target's side of CHAP with MD5 (RFC 7143, section 12.1.3; RFC 1994). */
final class Chap {
    private final String user;
    private final String secret;
    private final byte[] challenge = new byte[16];
    private final int identifier;

    Chap(String user, String secret, SecureRandom random) {
        this.user = user;
        this.secret = secret;
        random.nextBytes(challenge);
        this.identifier = random.nextInt(256);
    }

    String identifier() {
        return Integer.toString(identifier);
    }

    String challenge() {
        return "0x" + HexFormat.of().formatHex(challenge);
    }

    /** Judges the initiator's CHAP_N and CHAP_R. */
    boolean accepts(String name, String response) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update((byte) identifier);
            md5.update(secret.getBytes(StandardCharsets.UTF_8));
            md5.update(challenge);
            return user.equals(name) && MessageDigest.isEqual(md5.digest(), parse(response));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no MD5, which CHAP needs", e);
        }
    }

    private static byte[] parse(String response) {
        try {
            return response.regionMatches(true, 0, "0x", 0, 2)
                    ? HexFormat.of().parseHex(response, 2, response.length())
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
