package io.ferric.publish;

import java.net.URI;
import java.util.Set;

/** Where Keystone's API v3 is. Operators write it with and without the version and a slash at the end. */
record AuthUrl(URI v3) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]", "::1");

    /**
     * @throws PublishException telling what is wrong with it and how it should be
     */
    static AuthUrl of(URI written) throws PublishException {
        String path = String.valueOf(written.getRawPath()).replaceAll("/+$", "");
        boolean web = "http".equalsIgnoreCase(written.getScheme()) || "https".equalsIgnoreCase(written.getScheme());
        if (!web || written.getHost() == null) {
            throw unusable(Faults.withoutSecrets(written.toString()), "give it the form https://host:5000/v3");
        }
        if (written.getRawUserInfo() != null || written.getRawQuery() != null || written.getRawFragment() != null) {
            throw unusable(Faults.withoutSecrets(written.toString()), "it must have no user, query or fragment");
        }
        if (path.matches(".*/v2(\\.\\d+)?(/.*)?")) {
            throw unusable(
                    Faults.withoutSecrets(written.toString()), "Keystone has no API v2.0 any more; end it with /v3");
        }
        String version = path.endsWith("/v3") ? "" : "/v3";
        return new AuthUrl(URI.create(written.getScheme() + "://" + written.getRawAuthority() + path + version));
    }

    private static PublishException unusable(String url, String cure) {
        return new PublishException(
                PublishException.INVALID_PARAMETER_VALUE,
                "openstack.auth_url " + url + " cannot be used: " + cure + ".");
    }

    URI tokens() {
        return URI.create(v3 + "/auth/tokens");
    }

    /** Whether passwords and tokens can be read on their way. */
    boolean inClear() {
        String host = v3.getHost();
        return v3.getScheme().equalsIgnoreCase("http") && !host.matches("127(\\.\\d+){3}") && !LOOPBACK.contains(host);
    }

    @Override
    public String toString() {
        return v3.toString();
    }
}
