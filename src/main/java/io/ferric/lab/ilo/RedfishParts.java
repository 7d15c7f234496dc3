package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.link;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;

/** What every resource of the JSON faces is made from. */
record RedfishParts(IloState state, IloIdentity identity, RedfishKind kind, RestMessages messages, Clock clock) {
    static final String ROOT = "/redfish/v1/";

    /** The start of a resource. */
    ObjectNode resource(String path, String type, String id, String name) {
        return object(
                "@odata.context",
                ROOT + "$metadata#" + type + "." + type,
                "@odata.id",
                path(path),
                "@odata.type",
                kind.type(type),
                "Id",
                id,
                "Name",
                name);
    }

    /** A collection of the members with these names. */
    ObjectNode collection(String path, String type, List<String> members) {
        return object(
                "@odata.context",
                ROOT + "$metadata#" + type + "Collection." + type + "Collection",
                "@odata.id",
                path(path),
                "@odata.type",
                "#" + type + "Collection." + type + "Collection",
                "Name",
                path.substring(path.lastIndexOf('/') + 1),
                "Members",
                members.stream().map(member -> to(path + "/" + member)).toList(),
                "Members@odata.count",
                members.size());
    }

    ObjectNode to(String path) {
        return link(path(path));
    }

    /** Whether the server is in its self-test, or is said to be. */
    boolean inPost() {
        return state.struck(IloFault.POST_BUSY) || state.post() == IloState.Post.IN_POST;
    }

    static String path(String path) {
        return ROOT + path + (path.isEmpty() ? "" : "/");
    }

    /** An action as a resource offers it. */
    static ObjectNode action(String path, String parameter, List<String> values) {
        return object(parameter + "@Redfish.AllowableValues", values, "target", path(path));
    }

    static ObjectNode action(String path) {
        return object("target", path(path));
    }
}
