package io.ferric.lab.ilo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** An answer before it is put on the wire. */
record RestReply(int status, Map<String, String> headers, Optional<ObjectNode> body) {

    static RestReply ok(ObjectNode body) {
        return new RestReply(200, Map.of(), Optional.of(body));
    }

    static RestReply of(int status, ObjectNode body) {
        return new RestReply(status, Map.of(), Optional.of(body));
    }

    RestReply with(Map<String, String> more) {
        Map<String, String> all = new java.util.LinkedHashMap<>(headers);
        all.putAll(more);
        return new RestReply(status, all, body);
    }
}
