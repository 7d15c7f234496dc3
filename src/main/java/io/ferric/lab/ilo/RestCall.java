package io.ferric.lab.ilo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A request as a resource sees it.
 *
 * @param path below the root, without slashes at its ends
 * @param user who asks; empty where anybody may
 */
record RestCall(String method, String path, RestView view, Optional<IloUser> user, ObjectNode body) {

    /** A text in the body; empty when it is missing or null. */
    Optional<String> text(String name) {
        return Optional.ofNullable(body.get(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** A text that an action needs, one of the values given. */
    String choice(String name, Collection<String> allowed) throws RestFault {
        String value = text(name).orElseThrow(() -> RestFault.base("ActionParameterMissing", actionName(), name));
        if (!allowed.contains(value)) {
            throw RestFault.base("ActionParameterValueNotInList", value, name, actionName());
        }
        return value;
    }

    /** Refuses a body with properties other than these. */
    void only(RedfishKind kind, List<String> names) throws RestFault {
        only(kind, body, names);
    }

    static void only(RedfishKind kind, JsonNode object, List<String> names) throws RestFault {
        for (String name : (Iterable<String>) object::fieldNames) {
            if (!names.contains(name)) {
                throw kind.unknownProperty(name);
            }
        }
    }

    private String actionName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
