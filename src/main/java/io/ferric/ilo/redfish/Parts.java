package io.ferric.ilo.redfish;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Collections of parts, which a server may have or not. */
final class Parts {
    private Parts() {}

    /** What a collection holds; nothing when there is no such collection, or its link leads nowhere. */
    static List<Json> members(RedfishTalk talk, Json from, String... names) throws IOException {
        return from.link(names).isPresent()
                ? members(talk, Links.path(from.link(names).get()))
                : List.of();
    }

    static List<Json> members(RedfishTalk talk, String collection) throws IOException {
        try {
            return talk.members(collection).stream().map(Resource::json).toList();
        } catch (RedfishRefusal e) {
            if (e.trouble() != RedfishTrouble.NO_SUCH_RESOURCE) {
                throw e;
            }
            return List.of();
        }
    }

    /** The first of these links that is there: they were moved more than once. */
    static Optional<String> place(String name, Json... owners) throws IOException {
        Optional<String> link =
                Stream.of(owners).flatMap(each -> each.link(name).stream()).findFirst();
        return link.isPresent() ? Optional.of(Links.path(link.get())) : Optional.empty();
    }
}
