package io.ferric.rest.auth;

import io.ferric.node.NotAuthenticated;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/** Reads the headers that hold credentials, of which there may be one and no more. */
public final class AuthHeaders {
    public static final String TOKEN = "X-Auth-Token";
    static final String SERVICE_TOKEN = "X-Service-Token";
    static final String AUTHORIZATION = "Authorization";

    /** PKI tokens were that long; those of today have some 250 characters. */
    private static final int LONGEST = 8192;

    private AuthHeaders() {}

    /**
     * The only value of a header, without white space around it.
     *
     * @throws NotAuthenticated when there are several, or it can be no credential
     */
    public static Optional<String> only(MultivaluedMap<String, String> headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new NotAuthenticated("There is more than one " + name + " header.", "Send one.");
        }
        Optional<String> value = values.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
        value.filter(text -> text.length() > LONGEST).ifPresent(text -> {
            throw new NotAuthenticated(
                    "The " + name + " header is longer than " + LONGEST + " characters.",
                    "Send a token or a password.");
        });
        value.filter(text -> !text.chars().allMatch(each -> each >= ' ' && each <= '~'))
                .ifPresent(text -> {
                    throw new NotAuthenticated("The " + name + " header holds more than printable ASCII.", "");
                });
        return value;
    }
}
