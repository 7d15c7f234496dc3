package io.ferric.publish;

import io.ferric.publish.connector.FileBody;
import java.util.Map;

/** What all parts of {@link SwiftApi} work with. */
record Swift(ObjectStore store, SwiftOptions options, Retries retries, SwiftClock time) {
    /**
     * Puts an object, and deletes it again when it is not what was sent.
     *
     * @return its ETag
     */
    String putChecked(Operation put, Target target, FileBody content, Map<String, String> headers)
            throws PublishException {
        Md5 md5 = new Md5();
        FileBody observed = content.observedBy(md5);
        Map<String, String> answer =
                retries.ask(put, () -> store.putObject(target.container(), target.name(), observed, headers));
        String etag = etag(time.heard(answer));
        String sent = headers.containsKey("ETag") ? headers.get("ETag") : md5.hex();
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
