package io.ferric.publish;

import java.net.URI;
import java.util.Optional;

/**
 * Where Glance keeps its images in Swift, needed only to sign URLs straight to them, and how patiently Glance is asked. Names
 * and defaults are those of Ironic's {@code [glance]} section.
 *
 * @param swiftEndpointUrl such as {@code https://swift.example.org}, without the API version; else that of the catalogue
 * @param swiftAccount the account of Glance's service user, as {@code AUTH_0123}
 * @param swiftTempUrlKey that account's TempURL key
 * @param swiftApiVersion first part of the path
 * @param swiftContainer the container's name, or its beginning when there are several
 * @param containersSeed how many characters of the image's uuid follow the container's name; 0 for one container
 * @param digest what the account's Swift accepts; empty to ask it
 * @param retries how often a request is sent again after a fault that may pass
 * @param project the name of the project that Glance sees us in, for messages
 */
public record GlanceOptions(
        Optional<URI> swiftEndpointUrl,
        Optional<String> swiftAccount,
        Optional<String> swiftTempUrlKey,
        String swiftApiVersion,
        String swiftContainer,
        int containersSeed,
        Optional<TempUrl.Digest> digest,
        int retries,
        Optional<String> project) {
    /** No Swift known: images can be read, but no URLs signed. */
    public static GlanceOptions defaults() {
        return new GlanceOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "v1",
                "glance",
                0,
                Optional.empty(),
                2,
                Optional.empty());
    }

    public GlanceOptions {
        if (containersSeed < 0 || containersSeed > 32) {
            throw new IllegalArgumentException("swift_store_multiple_containers_seed " + containersSeed
                    + " is not between 0 and 32; give the value Glance has");
        }
        if (retries < 0 || retries > 100) {
            throw new IllegalArgumentException("num_retries " + retries + " is not between 0 and 100");
        }
    }

    /** With the two settings that signing needs; the endpoint is looked up in the catalogue. */
    public GlanceOptions withAccount(String account, String tempUrlKey) {
        return new GlanceOptions(
                swiftEndpointUrl,
                Optional.of(account),
                Optional.of(tempUrlKey),
                swiftApiVersion,
                swiftContainer,
                containersSeed,
                digest,
                retries,
                project);
    }

    /** With all that signing needs. */
    public GlanceOptions withSwift(URI endpointUrl, String account, String tempUrlKey) {
        return new GlanceOptions(
                Optional.of(endpointUrl),
                Optional.of(account),
                Optional.of(tempUrlKey),
                swiftApiVersion,
                swiftContainer,
                containersSeed,
                digest,
                retries,
                project);
    }

    public GlanceOptions withContainer(String name, int seed) {
        return new GlanceOptions(
                swiftEndpointUrl, swiftAccount, swiftTempUrlKey, swiftApiVersion, name, seed, digest, retries, project);
    }

    public GlanceOptions withDigest(TempUrl.Digest other) {
        return new GlanceOptions(
                swiftEndpointUrl,
                swiftAccount,
                swiftTempUrlKey,
                swiftApiVersion,
                swiftContainer,
                containersSeed,
                Optional.of(other),
                retries,
                project);
    }

    @Override
    public String toString() {
        return "GlanceOptions[swiftEndpointUrl=" + swiftEndpointUrl + ", swiftAccount=" + swiftAccount
                + ", swiftTempUrlKey=" + swiftTempUrlKey.map(key -> "***") + ", swiftContainer=" + swiftContainer
                + ", containersSeed=" + containersSeed + ", digest=" + digest + ", retries=" + retries + "]";
    }
}
