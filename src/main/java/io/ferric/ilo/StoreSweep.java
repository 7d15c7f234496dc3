package io.ferric.ilo;

import io.ferric.driver.Housekeeping;
import io.ferric.driver.SharedObjects;
import io.ferric.driver.SharedObjects.Counted;
import io.ferric.driver.SweepReport;
import io.ferric.driver.SweepReport.Fate;
import io.ferric.driver.SweepReport.Leftover;
import io.ferric.node.Uuids;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import io.ferric.publish.Publisher.Published;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what lies in the store with what the database counts, both ways. A boot ISO is deleted only under a claim in
 * the database, so that no deploy can be making it at that moment; a floppy or ISO of a node only when there is no such
 * node, so that none can be deploying. Safe for use by many threads.
 */
final class StoreSweep implements Housekeeping {
    /** What is younger is left alone, whatever it looks like. */
    static final Duration GRACE = Duration.ofHours(1);

    /** An upload that sent nothing whole for so long is not going on any more. */
    private static final Duration UPLOAD = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(StoreSweep.class);
    private static final Pattern OF_NODE = Pattern.compile("(?:image-([0-9a-f-]{36})\\.img|iso-([0-9a-f-]{36})\\.iso)");

    private final Publisher publisher;
    private final SharedObjects shared;
    private final OwnMark mark;
    private final Clock clock;

    StoreSweep(Publisher publisher, OwnMark mark, Clock clock) {
        this.publisher = publisher;
        this.shared = mark.shared();
        this.mark = mark;
        this.clock = clock;
    }

    @Override
    public SweepReport sweep(Predicate<UUID> isNode) {
        return new Round(isNode).run();
    }

    private interface Look {
        void at() throws PublishException;
    }

    /** One look at everything. */
    private final class Round {
        private final List<Leftover> found = new ArrayList<>();
        private final Predicate<UUID> isNode;

        Round(Predicate<UUID> isNode) {
            this.isNode = isNode;
        }

        SweepReport run() {
            // the store first: what is counted after that cannot be missing because it was made in between
            List<Published> stored = new ArrayList<>();
            if (!attempt("the list of what is stored", () -> {
                for (String prefix : List.of("boot-", "image-", "iso-")) {
                    stored.addAll(publisher.list(prefix));
                }
            })) {
                return new SweepReport(found); // what cannot be listed can hardly be looked at or deleted
            }
            Set<String> counted = new HashSet<>();
            for (Counted each : shared.all()) {
                counted.add(each.name());
                if (IsoUrls.isShared(each.name()) && !each.busy()) {
                    attempt(each.name(), () -> lookAt(each));
                }
            }
            Instant young = clock.instant().minus(GRACE);
            for (Published each : stored) {
                if (each.stored().isBefore(young) && !counted.contains(each.name()) && isOrphan(each.name())) {
                    attempt(each.name(), () -> lookAtOrphan(each.name()));
                }
            }
            attempt("pieces of large objects", this::removePieces);
            return new SweepReport(found);
        }

        private void removePieces() throws PublishException {
            for (String name : publisher.removeOrphanedPieces(
                    mark.ofInstallation(), clock.instant().minus(UPLOAD))) {
                note(Fate.DELETED, name, "an upload that was never finished");
            }
        }

        private void lookAt(Counted counted) throws PublishException {
            String name = counted.name();
            if (counted.users() == 0) {
                reclaim(name, "no node boots from it any more");
            } else if (publisher.exists(name)) {
                mark.mend(name, counted.users());
            } else if (shared.lost(name) && !publisher.exists(name)) {
                note(
                        Fate.LOST,
                        name,
                        counted.users()
                                + " nodes boot from it and it is not in the store; the next deploy that needs it"
                                + " makes it anew");
            }
        }

        private boolean isOrphan(String name) {
            return IsoUrls.isShared(name)
                    || nodeOf(name).filter(isNode.negate()).isPresent();
        }

        private void lookAtOrphan(String name) throws PublishException {
            switch (mark.owner(name)) {
                case US -> delete(name);
                case UNKNOWN ->
                    note(
                            Fate.LEFT_ALONE,
                            name,
                            "nothing is known of it, and it does not bear the mark " + OwnMark.INSTALLATION
                                    + "; if nobody else uses the store, delete it by hand");
                case ANOTHER_INSTALLATION -> LOG.debug("{} is of another installation", name);
            }
        }

        private void delete(String name) throws PublishException {
            if (IsoUrls.isShared(name)) {
                reclaim(name, "nothing is known of it any more");
            } else {
                publisher.remove(name);
                note(Fate.DELETED, name, "there is no such node any more");
            }
        }

        private void reclaim(String name, String why) throws PublishException {
            try {
                if (shared.reclaim(name, () -> Unremoved.remove(publisher, name))) {
                    note(Fate.DELETED, name, why);
                }
            } catch (Unremoved e) {
                throw e.reason();
            }
        }

        private boolean attempt(String name, Look look) {
            try {
                look.at();
                return true;
            } catch (PublishException | RuntimeException e) {
                note(Fate.FAILED, name, String.valueOf(e.getMessage()));
                return false;
            }
        }

        private void note(Fate fate, String name, String why) {
            found.add(new Leftover(fate, name, why));
        }
    }

    private static Optional<UUID> nodeOf(String name) {
        Matcher matcher = OF_NODE.matcher(name);
        return matcher.matches()
                ? Uuids.parse(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Optional.empty();
    }
}
