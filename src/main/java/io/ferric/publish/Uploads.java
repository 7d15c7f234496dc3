package io.ferric.publish;

import io.ferric.publish.connector.FileBody;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts files into containers, in one piece or as a large object, in place of what is there. */
final class Uploads {
    private final Swift swift;
    private final InfoCache infos;
    private final Containers containers;
    private final LargeObjects large;

    Uploads(Swift swift, InfoCache infos, Containers containers, LargeObjects large) {
        this.swift = swift;
        this.infos = infos;
        this.containers = containers;
        this.large = large;
    }

    /** @return the ETag */
    String upload(String container, String name, Path file, UploadOptions how) throws PublishException {
        Operation put = Operation.ofObject("put object", container, name);
        FileBody whole = put.reading(() -> new FileBody(file));
        SwiftInfo info = infos.info().orElseGet(SwiftInfo::unknown);
        containers.require(container, how.createContainer());
        List<Segment> replaced = large.segments(container, name);
        boolean fits = whole.length() <= Math.min(swift.options().segmentSize(), info.maxFileSize());
        String etag;
        if (fits) {
            etag = intoContainer(container, how, () -> putWhole(new Target(container, name), whole, how));
        } else {
            List<FileBody> pieces = large.plan(put, whole, info);
            etag = intoContainer(container, how, () -> large.upload(container, name, pieces, how));
        }
        large.remove(replaced);
        return etag;
    }

    @FunctionalInterface
    private interface Upload {
        String send() throws PublishException;
    }

    /** Once more if the container was there when it was looked at, and is not any more. */
    private String intoContainer(String container, UploadOptions how, Upload upload) throws PublishException {
        try {
            return upload.send();
        } catch (PublishException e) {
            if (!how.createContainer() || !SwiftCures.isStatus(e, 404)) {
                throw e;
            }
            containers.create(container);
            return upload.send();
        }
    }

    /** @param allowance how much longer than the object it shall live */
    static Map<String, String> headers(UploadOptions how, Duration allowance) throws PublishException {
        Map<String, String> headers = new HashMap<>(Annotations.toHeaders(how.annotations()));
        how.deleteAfter()
                .ifPresent(time ->
                        headers.put("X-Delete-After", Long.toString(SwiftApi.wholeSeconds(time.plus(allowance)))));
        return headers;
    }

    private String putWhole(Target target, FileBody whole, UploadOptions how) throws PublishException {
        Operation put = Operation.ofObject("put object", target.container(), target.name())
                .detailed(whole.length() + " bytes");
        return swift.putChecked(put, target, whole, headers(how, Duration.ZERO));
    }
}
