package io.ferric.publish;

import io.ferric.publish.connector.FileBody;
import java.util.HashMap;
import java.util.Map;

/** What all parts of {@link SwiftApi} work with. */
record Swift(ObjectStore store, SwiftOptions options, Retries retries, SwiftClock time) {
    /** Up to this size content is read twice, since that costs nothing. */
    private static final long SMALL = 4L * 1024 * 1024;

    /**
     * Puts an object. Small ones carry their MD5, so that Swift refuses what arrives damaged. Of larger ones it is computed
     * while they are sent, so that they are read once, and what Swift says it stored is compared; a wrong one is deleted.
     *
     * @return the ETag
     */
    String putChecked(Operation put, Target target, FileBody content, Map<String, String> headers)
            throws PublishException {
        Md5 md5 = new Md5();
        FileBody observed = content.observedBy(md5);
        Map<String, String> all = new HashMap<>(headers);
        if (content.length() <= SMALL) {
            all.put("ETag", put.reading(() -> Md5.of(content.observedBy(md5))));
        }
        Map<String, String> answer =
                retries.ask(put, () -> store.putObject(target.container(), target.name(), observed, all));
        String etag = etag(time.heard(answer));
        String sent = all.containsKey("ETag") ? all.get("ETag") : md5.hex();
        if (!etag.equalsIgnoreCase(sent)) {
            retries.ask(put, () -> store.deleteObject(target.container(), target.name()));
            throw put.failure("Swift stored something else: its ETag is \"" + etag + "\", not " + sent
                    + ". It was deleted again. Something between here and Swift damages data.");
        }
        return sent;
    }

    /** Without the quotes that a large object's has. */
    static String etag(Map<String, String> headers) {
        return headers.getOrDefault("etag", "").replace("\"", "");
    }
}
