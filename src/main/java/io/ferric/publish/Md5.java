package io.ferric.publish;

import io.ferric.publish.connector.FileBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Swift's checksum of an object, of what is being sent. It guards against damage, not against forgery. */
final class Md5 implements FileBody.Observer {
    private final MessageDigest digest = digest();

    /** Of something small; closes it. */
    static String of(InputStream content) throws IOException {
        Md5 md5 = new Md5();
        try (content) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                md5.sent(ByteBuffer.wrap(buffer, 0, read));
            }
        }
        return md5.hex();
    }

    /** The ETag of a static large object: the MD5 of its segments' in a row. */
    static String ofEtags(List<Segment> segments) {
        Md5 md5 = new Md5();
        segments.forEach(each -> md5.sent(ByteBuffer.wrap(each.etag().getBytes(StandardCharsets.US_ASCII))));
        return md5.hex();
    }

    @Override
    public synchronized void started() {
        digest.reset();
    }

    @Override
    public synchronized void sent(ByteBuffer octets) {
        digest.update(octets);
    }

    /** Of what went since the start; the next one starts afresh. */
    synchronized String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java lacks MD5", e);
        }
    }
}
