package io.ferric.publish;

import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.TempUrl.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs URLs to the Swift objects in which Glance keeps its images, and sees whether they answer. Safe for many threads. */
final class GlanceObjects {
    private static final Duration LOOK = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofHours(1);

    private final ImageCatalog catalog;
    private final GlanceOptions options;
    private final Clock clock;
    private final GlanceCalls calls;
    private final UrlLength length = new UrlLength();
    private volatile Optional<Chosen> chosen = Optional.empty();

    private record Chosen(Digest digest, Instant until) {}

    GlanceObjects(ImageCatalog catalog, GlanceOptions options, Clock clock, GlanceCalls calls) {
        this.catalog = catalog;
        this.options = options;
        this.clock = clock;
        this.calls = calls;
    }

    /** Good for so long by Swift's clock, as far as it is known. */
    SignedUrl tempUrl(String uuid, Duration ttl) throws PublishException {
        requireSwift();
        URI endpoint = endpoint();
        String account = options.swiftAccount().orElseThrow();
        URI storage = URI.create(endpoint + "/" + options.swiftApiVersion() + "/" + account);
        SigningKey key = new SigningKey(options.swiftTempUrlKey().orElseThrow(), digest(endpoint));
        return length.checked(TempUrl.sign(
                storage,
                container(uuid),
                uuid,
                key,
                clock.instant().plus(catalog.swiftAhead()).plus(ttl)));
    }

    /** Asks for the object's head, which a signature for GET covers. */
    void look(String uuid) throws PublishException {
        String what = "The Swift object " + container(uuid) + "/" + uuid + " of account "
                + options.swiftAccount().orElseThrow() + ", behind image " + uuid + ", does not answer: ";
        Duration ahead = catalog.swiftAhead();
        int status = status(tempUrl(uuid, LOOK), what);
        if (status == 401 && !catalog.swiftAhead().equals(ahead)) {
            status = status(tempUrl(uuid, LOOK), what); // now that Swift's clock is known
        }
        if (status / 100 == 2) {
            return;
        }
        throw failure(what + "HTTP " + status + ". " + cure(status), null);
    }

    private int status(SignedUrl url, String what) throws PublishException {
        try {
            return calls.send(() -> {
                int answer = catalog.head(url.uri());
                if (answer >= 500) {
                    throw new UnexpectedStatus(answer);
                }
                return answer;
            });
        } catch (UnexpectedStatus e) {
            return e.status();
        } catch (IOException e) {
            throw failure(what + Faults.reason(e) + ". Check openstack.glance.swift_endpoint_url.", e);
        }
    }

    private String cure(int status) {
        return switch (status) {
            case 401, 403 ->
                "The key in openstack.glance.swift_temp_url_key_file is not the TempURL key of that account,"
                        + " or Swift does not take the digest "
                        + options.digest()
                                .or(() -> chosen.map(Chosen::digest))
                                .map(Digest::wireName)
                                .orElse("") + " (swift_temp_url_digest), or the clocks differ.";
            case 404 ->
                "Glance keeps the image elsewhere: check openstack.glance.swift_account, swift_container and"
                        + " swift_store_multiple_containers_seed against glance-api.conf; take swift_account away when Glance"
                        + " has no Swift store, then Ferric publishes copies.";
            default -> "Look at Swift's log.";
        };
    }

    private URI endpoint() throws PublishException {
        if (options.swiftEndpointUrl().isPresent()) {
            return withoutEnd(options.swiftEndpointUrl().get(), "/+$");
        }
        try {
            return withoutEnd(calls.send(catalog::objectStoreUrl), "/v1(\\.0)?(/.*)?$");
        } catch (PublishException e) {
            throw e;
        } catch (IOException e) {
            throw failure("Swift cannot be found: " + Faults.reason(e) + ".", e);
        }
    }

    private static URI withoutEnd(URI url, String end) {
        return URI.create(url.toString().replaceAll(end, ""));
    }

    /** Asked again every hour, since Swift may be upgraded while Ferric runs. */
    private Digest digest(URI endpoint) throws PublishException {
        if (options.digest().isPresent()) {
            return options.digest().get();
        }
        Instant now = clock.instant();
        Optional<Chosen> known = chosen.filter(each -> now.isBefore(each.until()));
        if (known.isEmpty()) {
            known = Digest.choose(asked(endpoint)).map(best -> new Chosen(best, now.plus(LIFE)));
            chosen = known;
        }
        return known.map(Chosen::digest)
                .orElseThrow(() -> failure(
                        "Swift at " + endpoint + " accepts no digest for TempURLs that Ferric knows; see its /info.",
                        null));
    }

    private Optional<List<String>> asked(URI endpoint) throws PublishException {
        try {
            return calls.send(() -> catalog.tempUrlDigests(endpoint));
        } catch (IOException e) {
            String message = "Swift at " + endpoint + " does not say which digests it takes for TempURLs: "
                    + Faults.reason(e) + ". Or name one in openstack.glance.swift_temp_url_digest.";
            throw failure(message, e);
        }
    }

    /** As many hexadecimal digits of the uuid as Glance was told to use, its dashes kept. */
    private String container(String uuid) {
        int seed = options.containersSeed();
        if (seed == 0) {
            return options.swiftContainer();
        }
        long dashes = uuid.substring(0, seed).chars().filter(c -> c == '-').count();
        return options.swiftContainer() + "_" + uuid.substring(0, seed + (int) dashes);
    }

    private void requireSwift() throws PublishException {
        List<String> missing = new ArrayList<>();
        if (options.swiftAccount().isEmpty()) {
            missing.add("swift_account");
        }
        if (options.swiftTempUrlKey().isEmpty()) {
            missing.add("swift_temp_url_key_file");
        }
        if (!missing.isEmpty()) {
            throw new PublishException(
                    PublishException.MISSING_PARAMETER_VALUE,
                    "A URL to an image of Glance cannot be signed; missing in openstack.glance: "
                            + String.join(", ", missing) + ".");
        }
    }

    private static PublishException failure(String message, IOException cause) {
        return new PublishException(PublishException.SWIFT_OPERATION_ERROR, message, cause);
    }
}
