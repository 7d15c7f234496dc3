package io.ferric.ilo.redfish;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Where things are on one iLO, found once by following links. Guarded by the turn at the iLO. */
final class RedfishPaths {
    /** Follows links to it. */
    interface Search {
        String find() throws IOException;
    }

    private final Map<String, String> known = new HashMap<>();

    /** @param what such as {@code Systems} */
    String of(String what, Search search) throws IOException {
        String path = known.get(what);
        if (path == null) {
            path = search.find();
            known.put(what, path);
        }
        return path;
    }

    /** They proved wrong. */
    void forget() {
        known.clear();
    }
}
