package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.HttpCall;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls to one iLO in one turn. For one thread. */
final class RedfishTalk {
    private static final int MEMBERS = 256;
    private static final int PAGES = 16;

    private final RedfishSession session;
    private final RedfishLine line;
    private final Identity identity;
    private final Clock clock;
    private final Instant deadline;

    RedfishTalk(RedfishSession session, RedfishLine line, Identity identity, Clock clock, Instant deadline) {
        this.session = session;
        this.line = line;
        this.identity = identity;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Who the iLO said it is. */
    Identity identity() {
        return identity;
    }

    RedfishPaths paths() {
        return session.paths();
    }

    /** The server; the first where there are several. */
    Resource system() throws IOException {
        return known("Systems");
    }

    /** The iLO itself. */
    Resource manager() throws IOException {
        return known("Managers");
    }

    Resource chassis() throws IOException {
        return known("Chassis");
    }

    private Resource known(String what) throws IOException {
        try {
            return get(paths().of(what, () -> first(what)));
        } catch (RedfishRefusal e) {
            if (e.trouble() != RedfishTrouble.NO_SUCH_RESOURCE) {
                throw e;
            }
            paths().forget();
            return get(paths().of(what, () -> first(what)));
        }
    }

    private String first(String what) throws IOException {
        Resource root = get("/redfish/v1/");
        return memberPaths(target(root.json(), what)).stream()
                .findFirst()
                .orElseThrow(() -> new BrokenAnswer("its list of " + what + " is empty"));
    }

    Resource get(String path) throws IOException {
        HttpAnswer answer = successful(HttpCall.get(path), true);
        Resource resource = Resource.of(path, answer);
        if (!resource.json().isThere()) {
            throw new BrokenAnswer("nothing at " + path);
        }
        return resource;
    }

    /** @return whatever the iLO said about it */
    ExtendedInfo post(String path, Map<String, ?> body) throws IOException {
        return ExtendedInfo.of(
                successful(RedfishLine.sending("POST", path, body), false).body());
    }

    /** Changes what was read, and only if it is still as it was read; read again once if it is not. */
    void patch(Resource read, Map<String, ?> body) throws IOException {
        try {
            patch(read.path(), read.etag(), body);
        } catch (RedfishRefusal e) {
            if (e.trouble() != RedfishTrouble.CHANGED_MEANWHILE) {
                throw e;
            }
            Optional<String> now = get(read.path()).etag();
            // one that did not change was not the reason: weak tags never match by the book
            patch(read.path(), now.equals(read.etag()) ? Optional.empty() : now, body);
        }
    }

    private void patch(String path, Optional<String> etag, Map<String, ?> body) throws IOException {
        HttpCall call = RedfishLine.sending("PATCH", path, body);
        successful(etag.isPresent() ? call.with("If-Match", etag.get()) : call, true);
    }

    /** Reads what a link leads to. */
    Resource follow(Json from, String... names) throws IOException {
        return get(target(from, names));
    }

    /** The path of a link. */
    String target(Json from, String... names) throws IOException {
        Optional<String> link = from.link(names);
        if (link.isEmpty()) {
            throw Declined.notOffered("its Redfish has no " + String.join(".", names));
        }
        return Links.path(link.get());
    }

    /** Reads all members of a collection, of very long ones the first. */
    List<Resource> members(String collection) throws IOException {
        List<Resource> members = new ArrayList<>();
        for (String path : memberPaths(collection)) {
            members.add(get(path));
        }
        return members;
    }

    /** The member that is called so, whatever the case; empty when there is none. */
    Optional<Resource> member(String collection, String name) throws IOException {
        for (String path : memberPaths(collection)) {
            String last = path.replaceFirst("/$", "").replaceFirst(".*/", "");
            if (last.equalsIgnoreCase(name)) {
                return Optional.of(get(path));
            }
        }
        return Optional.empty();
    }

    private List<String> memberPaths(String collection) throws IOException {
        List<String> paths = new ArrayList<>();
        Optional<String> next = Optional.of(collection);
        for (int page = 0; page < PAGES && next.isPresent(); page++) {
            Json json = get(next.get()).json();
            for (Json each : json.items("Members")) {
                paths.add(target(each));
            }
            Optional<String> link = json.text("Members@odata.nextLink");
            next = link.isPresent() ? Optional.of(Links.path(link.get())) : Optional.empty();
        }
        return paths.subList(0, Math.min(paths.size(), MEMBERS));
    }

    private HttpAnswer successful(HttpCall call, boolean harmless) throws IOException {
        if (clock.instant().isAfter(deadline)) {
            throw new IOException("it takes too long altogether");
        }
        HttpAnswer answer = session.exchange(line, call);
        if (answer.status() >= 300) {
            throw RedfishRefusal.of(answer, harmless);
        }
        return answer;
    }
}
