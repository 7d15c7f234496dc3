package io.ferric.rest.common;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A microversion of the API. The one place that knows which there are; what differs between them will ask here.
 * Source: Ironic's REST API version history.
 */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    public static final ApiVersion MIN = new ApiVersion(1, 1);
    public static final ApiVersion MAX = new ApiVersion(1, 93);

    public static final String HEADER = "X-OpenStack-Ironic-API-Version";
    /** What OpenStack's services have in common; {@link #HEADER} goes before it. */
    public static final String SERVICES_HEADER = "OpenStack-API-Version";

    /** What this kind of service is called there. */
    public static final String SERVICE = "baremetal";

    public static final String MIN_HEADER = "X-OpenStack-Ironic-API-Minimum-Version";
    public static final String MAX_HEADER = "X-OpenStack-Ironic-API-Maximum-Version";

    /** Under which a request carries the version agreed on. */
    public static final String PROPERTY = "ferric.version";

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /**
     * The version a request asks for: the highest for {@code latest}, the lowest when it does not say.
     *
     * @param header may be {@code null}
     */
    public static ApiVersion requested(String header) {
        if (header == null || header.isBlank()) {
            return MIN;
        }
        if (header.strip().equalsIgnoreCase("latest")) {
            return MAX;
        }
        Matcher matcher = FORM.matcher(header.strip());
        if (!matcher.matches()) {
            throw new RequestRefused(406, HEADER + " must be a version such as " + MAX + ", or latest.");
        }
        ApiVersion version = new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (version.compareTo(MIN) < 0 || version.compareTo(MAX) > 0) {
            throw new RequestRefused(
                    406, "Version " + version + " is not served here; versions " + MIN + " to " + MAX + " are.");
        }
        return version;
    }

    /**
     * The version that OpenStack's common header asks of this kind of service, as in {@code baremetal 1.31}; among others
     * it may name several services.
     *
     * @param header may be {@code null}
     */
    public static Optional<String> ofServices(String header) {
        return Stream.of((header == null ? "" : header).split(","))
                .map(each -> each.strip().split("\\s+"))
                .filter(each -> each.length == 2 && each[0].equalsIgnoreCase(SERVICE))
                .map(each -> each[1])
                .findFirst();
    }

    /** Whether this is version 1.{@code minor} or a later one. */
    public boolean has(int minorVersion) {
        return minor >= minorVersion;
    }

    /** What to tell a client that asks for what its version does not have. */
    public String lacks(String what, int minorVersion) {
        return what + " is there from version 1." + minorVersion + " on, and the request is of " + this + ". Send "
                + HEADER + ": 1." + minorVersion + " or later.";
    }

    /** The version agreed on for this request. */
    public static ApiVersion of(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof ApiVersion agreed ? agreed : MIN;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
