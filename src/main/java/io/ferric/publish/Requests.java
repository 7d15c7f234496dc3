package io.ferric.publish;

import java.net.URI;
import java.util.Optional;
import org.openstack4j.core.transport.HttpRequest;

/** Begins requests of openstack4j. */
final class Requests {
    private Requests() {}

    /** openstack4j puts a slash behind an endpoint without path, so the whole path goes as one. */
    static HttpRequest.RequestBuilder<Void> to(URI url) {
        return HttpRequest.builder()
                .endpoint(url.getScheme() + "://" + url.getRawAuthority())
                .path(url.getRawPath()
                        + Optional.ofNullable(url.getRawQuery())
                                .map(query -> "?" + query)
                                .orElse(""));
    }
}
