package io.ferric.lab.ilo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A place in the tree: what it shows and what can be done to it. */
final class RestResource {
    private final Optional<Show> show;
    private final Map<String, Verb> verbs = new LinkedHashMap<>();

    /** Draws the resource as it is now. */
    @FunctionalInterface
    interface Show {
        ObjectNode show(RestView view);
    }

    /** Does what is asked. */
    @FunctionalInterface
    interface Change {
        RestReply run(RestCall call) throws RestFault;
    }

    /** A change and the privilege that it takes. */
    record Verb(Optional<Privilege> privilege, Change change) {}

    private RestResource(Optional<Show> show) {
        this.show = show;
    }

    /** Something to look at. */
    static RestResource of(Show show) {
        return new RestResource(Optional.of(show));
    }

    /** Something to POST to, and no more. */
    static RestResource action(Privilege privilege, Change change) {
        return new RestResource(Optional.empty()).on("POST", privilege, change);
    }

    RestResource on(String method, Privilege privilege, Change change) {
        verbs.put(method, new Verb(Optional.of(privilege), change));
        return this;
    }

    /** Lets anybody do it. */
    RestResource free(String method, Change change) {
        verbs.put(method, new Verb(Optional.empty(), change));
        return this;
    }

    Optional<Show> show() {
        return show;
    }

    Optional<Verb> verb(String method) {
        return Optional.ofNullable(verbs.get(method));
    }

    /** The value of an Allow header. */
    String allow() {
        String read = show.isPresent() ? "GET, HEAD" : "";
        String write = String.join(", ", verbs.keySet());
        return read.isEmpty() || write.isEmpty() ? read + write : read + ", " + write;
    }
}
