package io.ferric.iscsi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Both sides' proofs in CHAP (RFC 7143 section 12.1.3): hash of identifier, secret and challenge. */
final class ChapExchange {
    /** A hash by its number in IANA's list of PPP authentication algorithms. */
    private record Algorithm(int number, String name) {}

    /**
     * What we can, in our order of preference; the target takes the first that it knows. SHA-256 comes last because
     * tgt 1.0.85 takes its number for SHA-1 and then refuses a right proof.
     */
    private static final List<Algorithm> ALGORITHMS =
            List.of(new Algorithm(8, "SHA3-256"), new Algorithm(5, "MD5"), new Algorithm(7, "SHA-256"));

    private static final int MAX_CHALLENGE = 1024;
    private static final int CHALLENGE = 32;

    private final Chap chap;
    private final SecureRandom random;
    private final byte[] challenge = new byte[CHALLENGE];
    private int identifier;
    private String algorithm = "";

    ChapExchange(Chap chap, SecureRandom random) {
        this.chap = chap;
        this.random = random;
    }

    /** The algorithms we offer. */
    static Map<String, String> offer() {
        StringBuilder numbers = new StringBuilder();
        for (Algorithm known : ALGORITHMS) {
            numbers.append(numbers.isEmpty() ? "" : ",").append(known.number());
        }
        return Map.of("CHAP_A", numbers.toString());
    }

    /** Our name and proof, and our own challenge when the target has to prove itself too. */
    Map<String, String> respond(Map<String, String> asked) throws IscsiException {
        algorithm = algorithm(required(asked, "CHAP_A"));
        byte[] theirs = binary(required(asked, "CHAP_C"));
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("CHAP_N", chap.user());
        keys.put("CHAP_R", hex(proof(identifier(required(asked, "CHAP_I")), chap.secret(), theirs)));
        if (chap.target().isPresent()) {
            identifier = random.nextInt(256);
            random.nextBytes(challenge);
            keys.put("CHAP_I", Integer.toString(identifier));
            keys.put("CHAP_C", hex(challenge));
        }
        return keys;
    }

    /** Refuses a target that should have proved itself and has not. */
    void check(Map<String, String> answer) throws IscsiException {
        if (chap.target().isEmpty()) {
            return;
        }
        Chap.TargetSecret expected = chap.target().get();
        boolean name = required(answer, "CHAP_N").equals(expected.user());
        byte[] proof = proof(identifier, expected.secret(), challenge);
        if (!MessageDigest.isEqual(proof, binary(required(answer, "CHAP_R"))) || !name) {
            throw new IscsiException("the target has not proved that it knows the secret of mutual CHAP");
        }
    }

    private byte[] proof(int id, String secret, byte[] challenged) throws IscsiException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update((byte) id);
            digest.update(secret.getBytes(StandardCharsets.UTF_8));
            return digest.digest(challenged);
        } catch (NoSuchAlgorithmException e) {
            throw new IscsiException("this Java has no " + algorithm + " for CHAP", e);
        }
    }

    private static String algorithm(String number) throws IscsiException {
        for (Algorithm known : ALGORITHMS) {
            if (number.equals(Integer.toString(known.number()))) {
                return known.name();
            }
        }
        throw new IscsiException(
                "the target wants CHAP algorithm " + Words.printable(number) + ", which was not offered");
    }

    private static int identifier(String text) throws IscsiException {
        try {
            int id = Integer.decode(text);
            if (id >= 0 && id <= 255) {
                return id;
            }
        } catch (NumberFormatException e) {
            // told below like a number out of range
        }
        throw new IscsiException("CHAP identifier " + Words.printable(text) + " is not from 0 to 255");
    }

    private static byte[] binary(String text) throws IscsiException {
        try {
            byte[] bytes = decode(text);
            if (bytes.length > 0 && bytes.length <= MAX_CHALLENGE) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // told below like a value of wrong length
        }
        throw new IscsiException("a CHAP value of the target is not 1 to 1024 bytes in hexadecimal or base64");
    }

    private static byte[] decode(String text) {
        String digits = text.substring(Math.min(2, text.length()));
        if (text.regionMatches(true, 0, "0x", 0, 2)) {
            return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
        }
        if (text.regionMatches(true, 0, "0b", 0, 2)) {
            return Base64.getDecoder().decode(digits);
        }
        throw new IllegalArgumentException("no prefix");
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    private static String required(Map<String, String> keys, String key) throws IscsiException {
        String value = keys.get(key);
        if (value == null) {
            throw new IscsiException("the target leaves out " + key + " of CHAP");
        }
        return value;
    }
}
