package io.ferric.ilo;

import io.ferric.node.Node;
import io.ferric.publish.FetchLog;
import io.ferric.publish.FetchLog.Fetched;
import io.ferric.publish.FetchLog.Refusal;
import io.ferric.publish.Publisher;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says why a ramdisk may not have called back, from what the iLO fetched of the media: nothing, something that was
 * refused, or enough to boot. Safe for use by many threads.
 */
final class Silence {
    private final Publisher publisher;
    private final IsoUrls isos;

    Silence(Publisher publisher, IsoUrls isos) {
        this.publisher = publisher;
        this.isos = isos;
    }

    /** @param attachedAt when the media were attached; what the log does not reach back to is not spoken of */
    Optional<String> explain(Node node, String deployIso, Instant attachedAt) {
        List<String> names = Stream.concat(
                        isos.publishedName(node, deployIso).stream(), Stream.of(VirtualFloppy.name(node)))
                .toList();
        return publisher.fetchLog().map(log -> explain(log, names, attachedAt));
    }

    private static String explain(FetchLog log, List<String> names, Instant attachedAt) {
        Optional<Fetched> fetched = names.stream()
                .flatMap(name -> log.of(name).stream())
                .filter(each -> !each.last().isBefore(attachedAt))
                .max(Comparator.comparingLong(Fetched::bytes));
        Optional<String> refused = names.stream()
                .flatMap(name -> log.refusal(name).stream().map(each -> new Refused(name, each)))
                .filter(each -> !each.refusal().at().isBefore(attachedAt))
                .max(Comparator.comparing(each -> each.refusal().at()))
                .filter(each -> fetched.map(Fetched::last)
                        .orElse(Instant.MIN)
                        .isBefore(each.refusal().at()))
                .map(Refused::text);
        return refused.or(() -> fetched.map(Silence::cameThisFar)).orElseGet(() -> nobodyCame(log, names, attachedAt));
    }

    private record Refused(String name, Refusal refusal) {
        String text() {
            return "The request of " + refusal.client() + " for " + name + " was refused at " + refusal.at() + ": "
                    + refusal.reason() + ".";
        }
    }

    private static String cameThisFar(Fetched fetched) {
        return fetched.client() + " fetched " + fetched.bytes() + " bytes of the media in " + fetched.requests()
                + " requests, the last at " + fetched.last()
                + ", but the ramdisk did not call back: look at the server's"
                + " console, and check that the server reaches the API at the address in ironic_api_url.";
    }

    private static String nobodyCame(FetchLog log, List<String> names, Instant attachedAt) {
        if (log.since().isAfter(attachedAt)) {
            return "This conductor was restarted after the media were attached, so it cannot tell whether the iLO fetched"
                    + " them.";
        }
        return "The iLO never fetched " + String.join(" or ", names)
                + ": check that it can reach the address that media are published under, and that the server is set to"
                + " boot from the virtual CD.";
    }
}
