package io.ferric.publish;

import io.ferric.publish.SwiftOptions.KeyCreation;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the key to sign with: the configured one, else the account's, else the container's, first and second; else makes
 * one where that is allowed. Keys are asked for each time, since an operator may change them.
 */
final class TempUrlKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TempUrlKeys.class);
    private static final String ACCOUNT = "x-account-meta-temp-url-key";
    private static final String CONTAINER = "x-container-meta-temp-url-key";
    /** In this time whoever found no key either, a moment before ours, has set another one. */
    private static final Duration RIVALS = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final SwiftOptions options;
    private final Retries retries;
    private final SwiftClock time;
    private final Pause pause;
    private final RandomGenerator random;

    TempUrlKeys(Swift swift, RandomGenerator random, Pause pause) {
        this.store = swift.store();
        this.options = swift.options();
        this.retries = swift.retries();
        this.time = swift.time();
        this.random = random;
        this.pause = pause;
    }

    String key(String container) throws PublishException {
        if (options.tempUrlKey().isPresent()) {
            return options.tempUrlKey().get();
        }
        Optional<String> present = ofAccount();
        if (present.isEmpty()) {
            present = ofContainer(container);
        }
        return present.isPresent() ? present.get() : created(container);
    }

    private Optional<String> ofAccount() throws PublishException {
        Operation look = Operation.ofAccount("head account");
        try {
            return key(retries.ask(look, () -> time.heard(store.headAccount())), ACCOUNT);
        } catch (PublishException e) {
            if (SwiftCures.isStatus(e, 403) || SwiftCures.isStatus(e, 404)) {
                return Optional.empty(); // Not for us to see, or not made yet; the container may have one.
            }
            throw e;
        }
    }

    private Optional<String> ofContainer(String container) throws PublishException {
        Operation look = Operation.ofContainer("head container", container);
        return retries.ask(look, () -> store.headContainer(container))
                .map(time::heard)
                .flatMap(head -> key(head, CONTAINER));
    }

    private static Optional<String> key(Map<String, String> headers, String header) {
        return Stream.of(header, header + "-2")
                .map(name -> headers.getOrDefault(name, ""))
                .filter(key -> !key.isBlank())
                .findFirst();
    }

    /** Sets a key and takes what is there a little later, which is that of a conductor that did the same at the same time. */
    private String created(String container) throws PublishException {
        Operation creation = Operation.ofContainer("create TempURL key", container);
        if (options.keyCreation() == KeyCreation.NEVER) {
            throw Operation.ofContainer("get temporary URL", container)
                    .failure("the account has no TempURL key, and the container neither. Set one (swift post -m"
                            + " Temp-URL-Key:<key>), or configure it (publisher.swift.temp_url_key_file), or let Ferric"
                            + " make one (publisher.swift.create_temp_url_key).");
        }
        boolean account = options.keyCreation() == KeyCreation.ACCOUNT;
        String key = random();
        retries.run(creation, () -> {
            if (account) {
                store.postAccount(Map.of(ACCOUNT, key));
            } else {
                store.postContainer(container, Map.of(CONTAINER, key));
            }
        });
        LOG.info("Swift had no TempURL key; {} has one now", account ? "the account" : "container " + container);
        retries.run(creation, () -> pause.pause(RIVALS));
        return (account ? ofAccount() : ofContainer(container))
                .orElseThrow(
                        () -> creation.failure("Swift took the key and does not show it. The user needs an operator"
                                + " role of Swift (operator_roles) in its project."));
    }

    private String random() {
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
