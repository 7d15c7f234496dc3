package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Success and refusal as an iLO tells them: both in the shape of an error (ilo-protocols b.3). */
record RestMessages(RedfishKind kind) {

    /** An action was done. */
    RestReply success(RestView view) {
        return RestReply.ok(body(view, kind.message("Base", "Success"), List.of()));
    }

    ObjectNode created(RestView view) {
        return body(view, kind.message("Base", "Created"), List.of());
    }

    /** A setting was taken and waits for the next start of the server. */
    RestReply resetRequired(RestView view) {
        return RestReply.ok(body(view, kind.message("iLO", "SystemResetRequired"), List.of()));
    }

    RestReply refusal(RestView view, RestFault fault) {
        return RestReply.of(
                fault.status(), body(view, kind.message(fault.registry(), fault.getMessage()), fault.args()));
    }

    private ObjectNode body(RestView view, String id, List<String> args) {
        ObjectNode message = object(kind.messageIdName(), id);
        if (!args.isEmpty()) {
            message.set("MessageArgs", array(args));
        }
        ObjectNode error = object(
                "code",
                kind.message("iLO", "ExtendedInfo"),
                "message",
                "See @Message.ExtendedInfo for more information.",
                "@Message.ExtendedInfo",
                List.of(message));
        ObjectNode body = object("error", error);
        if (view.legacy()) {
            body.put("Type", "ExtendedError.1.0.0");
            body.put("Name", "Extended Error Information");
            body.set("Messages", array(List.of(message.deepCopy().put("MessageID", id))));
        }
        return body;
    }
}
