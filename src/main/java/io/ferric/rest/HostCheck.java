package io.ferric.rest;

import io.ferric.rest.auth.AuthStrategy;
import io.ferric.rest.common.RequestRefused;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps web pages out: a page from a host name its owner lets point to 127.0.0.1 (DNS rebinding) could call this API
 * from an operator's browser, which then names that host. Names that are not this API's are refused; addresses are not
 * names anybody could bind, so they may be called, also by a ramdisk behind a forwarded port.
 */
@PreMatching
final class HostCheck implements ContainerRequestFilter {
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.%]+]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private final boolean anyHost;
    private final Set<String> names = new HashSet<>();

    HostCheck(RestConfig config) {
        // where callers must say who they are, a page under a foreign name has nothing to say it with
        anyHost = config.allowUnauthenticatedRemote() || config.authStrategy() != AuthStrategy.NOAUTH;
        names.add("localhost");
        names.add(config.host().toLowerCase(Locale.ROOT));
        config.publicUrl().map(URI::getHost).ifPresent(host -> names.add(host.toLowerCase(Locale.ROOT)));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString("Host");
        // a browser always names the host; HTTP/1.0 need not
        if (!anyHost && header != null && !known(header)) {
            throw new RequestRefused(
                    403, "This API is not known by the host name of this request; rest.public_url can give it one.");
        }
    }

    private boolean known(String header) {
        try {
            String host = new URI("http://" + header).getHost();
            return host != null
                    && (names.contains(host.toLowerCase(Locale.ROOT))
                            || ADDRESS.matcher(host.toLowerCase(Locale.ROOT)).matches());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
