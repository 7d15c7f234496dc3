package io.ferric.ilo;

import io.ferric.driver.SharedObjects;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written beside things in the store: on everything which installation of Ferric made it, so that another one, or
 * an operator's tool, can leave it alone; on shared boot ISOs how many nodes use them. The latter is for the eyes of
 * operators: the database decides, and nothing is ever decided by {@code usage_count}. Safe for use by many threads.
 */
final class OwnMark {
    static final String INSTALLATION = "ferric_installation";
    static final String USAGE_COUNT = "usage_count";

    private static final Logger LOG = LoggerFactory.getLogger(OwnMark.class);

    /** More rounds than these mean that many nodes come and go, each of which writes the number too. */
    private static final int ROUNDS = 10;

    private final Publisher publisher;
    private final SharedObjects shared;
    private final Object[] locks =
            IntStream.range(0, 16).mapToObj(i -> new Object()).toArray();

    OwnMark(Publisher publisher, SharedObjects shared) {
        this.publisher = publisher;
        this.shared = shared;
    }

    SharedObjects shared() {
        return shared;
    }

    /** What everything bears. */
    Map<String, String> ofInstallation() {
        return Map.of(INSTALLATION, shared.installation().toString());
    }

    private Map<String, String> used(int count) {
        return Map.of(INSTALLATION, shared.installation().toString(), USAGE_COUNT, Integer.toString(count));
    }

    /**
     * Writes down how many nodes use a shared thing; a failure is logged and nothing else, as the next write mends it.
     * Whoever changes the number of users calls this afterwards. As the number is looked at again after it was written,
     * the last of several writers, on any conductor, leaves the right one.
     */
    void writeUsage(String name) {
        synchronized (locks[Math.floorMod(name.hashCode(), locks.length)]) {
            try {
                int written = -1;
                for (int round = 0; round < ROUNDS; round++) {
                    int users = shared.users(name);
                    if (users == written || users == 0) {
                        return; // written, or to be destroyed by the one who left last
                    }
                    publisher.annotate(name, used(users));
                    written = users;
                }
            } catch (PublishException | RuntimeException e) {
                LOG.warn("usage_count of {} could not be written: {}", name, e.getMessage());
            }
        }
    }

    /** Writes the mark and the number anew if they are not what they should be. */
    void mend(String name, int users) throws PublishException {
        if (!publisher.exclusive()
                && !publisher
                        .annotations(name)
                        .entrySet()
                        .containsAll(used(users).entrySet())) {
            writeUsage(name);
        }
    }

    /** Whose a thing in the store is. */
    Owner owner(String name) throws PublishException {
        if (publisher.exclusive()) {
            return Owner.US;
        }
        String mark = publisher.annotations(name).getOrDefault(INSTALLATION, "");
        if (mark.isBlank()) {
            return Owner.UNKNOWN;
        }
        return mark.equals(shared.installation().toString()) ? Owner.US : Owner.ANOTHER_INSTALLATION;
    }

    enum Owner {
        US,
        ANOTHER_INSTALLATION,
        UNKNOWN
    }
}
