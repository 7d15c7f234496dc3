package io.ferric.publish;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys in PEM (RFC 7468). */
final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (?<type>[A-Z0-9 ]*PRIVATE KEY)-----(?<body>[^-]+)-----END \\k<type>-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final int LIMIT = 1024 * 1024;
    /** Version 0 and the algorithm rsaEncryption, which PKCS#8 puts before the PKCS#1 key. */
    private static final byte[] RSA_HEADER = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private PemFiles() {}

    static List<Certificate> chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> chain =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (chain.isEmpty()) {
                throw new IOException("there is no certificate in " + file);
            }
            return chain;
        }
    }

    static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(text(file));
        if (!matcher.find()) {
            throw new IOException("there is no private key in " + file);
        }
        byte[] body = Base64.getMimeDecoder().decode(matcher.group("body"));
        return switch (matcher.group("type")) {
            case "PRIVATE KEY" -> pkcs8(body);
            case "RSA PRIVATE KEY" -> pkcs8(sequence(RSA_HEADER, element(0x04, body)));
            default ->
                throw new IOException("the key in " + file + " is of a kind that cannot be read ("
                        + matcher.group("type") + "); convert it with: openssl pkcs8 -topk8 -nocrypt");
        };
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LIMIT), StandardCharsets.ISO_8859_1);
        }
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("unknown kind of key");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static byte[] sequence(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return element(0x30, both.toByteArray());
    }

    /** One DER element; its length in the three-octet form, which does for 256 octets to 64 KiB. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
