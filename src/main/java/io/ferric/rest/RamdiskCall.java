package io.ferric.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request for a vendor method, as a deploy ramdisk sends it. Only the plainest spelling counts: no escapes, no path
 * parameters, nothing that this could read in one way and Jersey in another.
 *
 * @param node UUID or name
 */
record RamdiskCall(String node, String method) {
    private static final Pattern PATH =
            Pattern.compile("v1/nodes/([A-Za-z0-9._-]+)/vendor_passthru(?:/([A-Za-z0-9_]+))?");

    static Optional<RamdiskCall> of(ContainerRequestContext request) {
        Matcher path = PATH.matcher(request.getUriInfo().getPath(false));
        if (!request.getMethod().equals("POST") || !path.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(path.group(2))
                .or(() -> named(request))
                .map(method -> new RamdiskCall(path.group(1), method));
    }

    /** In the old form the query names the method. */
    private static Optional<String> named(ContainerRequestContext request) {
        List<String> names = request.getUriInfo().getQueryParameters().getOrDefault("method", List.of());
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }
}
