package io.ferric.lab.ilo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloEvent.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON faces of a simulated iLO: {@code /redfish/v1} and, of an iLO 4, {@code /rest/v1}, over the state that RIBCL
 * shows as well. What a generation has of its own is in {@link RedfishKind}, what is where in {@link RedfishTree}.
 * Thread-safe.
 */
final class RedfishFace implements Face {
    private static final String REDFISH = "/redfish";
    private static final String REST = "/rest";
    private static final int MAX_BODY = 64 * 1024;

    private final IloState state;
    private final RedfishKind kind;
    private final RedfishSessions sessions;
    private final RestGate gate;
    private final RestMessages messages;
    private final RestWire wire;
    private final RedfishTree tree;

    RedfishFace(IloState state, IloIdentity identity, IloProfile profile, Clock clock) {
        this.state = state;
        kind = new RedfishKind(profile, identity.firmware());
        sessions = new RedfishSessions(clock, new SecureRandom());
        gate = new RestGate(state, kind, sessions, clock);
        messages = new RestMessages(kind);
        wire = new RestWire(state, kind, clock);
        tree = new RedfishTree(new RedfishParts(state, identity, kind, messages, clock), sessions, gate);
    }

    /** The sessions open now, oldest first. */
    List<RedfishSession> sessions() {
        return sessions.all();
    }

    @Override
    public boolean answers(HttpRequest request) {
        String path = request.path().toLowerCase(Locale.ROOT);
        if (path.equals(REST) || path.startsWith(REST + "/")) {
            return kind.rest() || kind.restMoved();
        }
        boolean mine = path.equals(REDFISH) || path.startsWith(REDFISH + "/");
        return mine && kind.redfish() && !state.struck(IloFault.REDFISH_DISABLED);
    }

    @Override
    public boolean keepsAlive(HttpRequest request) {
        return RestWire.keepsAlive(request);
    }

    @Override
    public void answer(HttpRequest request, OutputStream out) throws IOException {
        RestView view = view(request);
        RestReply reply;
        try {
            reply = redirect(request).isPresent() ? redirect(request).get() : handle(request, view);
        } catch (RestFault fault) {
            reply = messages.refusal(view, fault);
        }
        wire.send(request, reply, kind.generation() == 4 && request.path().contains("Registries"), out);
    }

    private RestView view(HttpRequest request) {
        if (request.path().toLowerCase(Locale.ROOT).startsWith(REST)) {
            return RestView.REST;
        }
        return kind.twoPropertySets() && !request.headers().containsKey("odata-version")
                ? RestView.BOTH
                : RestView.REDFISH;
    }

    private Optional<RestReply> redirect(HttpRequest request) {
        String path = request.path();
        if (path.toLowerCase(Locale.ROOT).startsWith(REST)) {
            return kind.restMoved() ? Optional.of(moved(REDFISH + path.substring(REST.length()))) : Optional.empty();
        }
        boolean bare = !path.contains("?") && !path.endsWith("/") && !path.equals(REDFISH) && !path.contains("$");
        return bare && kind.insistsOnSlash() ? Optional.of(moved(path + "/")) : Optional.empty();
    }

    private static RestReply moved(String to) {
        return new RestReply(308, Map.of("Location", to), Optional.empty());
    }

    private RestReply handle(HttpRequest request, RestView view) throws RestFault {
        if (request.body().length() > MAX_BODY) {
            throw new RestFault(413, "Base", "PayloadTooLarge", List.of());
        }
        String path = relative(request.path());
        state.log(Kind.COMMAND, request.method() + " " + request.path().replaceAll("\\?.*", ""));
        if (state.struck(IloFault.SESSION_LOST)) {
            sessions.clear();
        }
        boolean open = tree.open(request.method(), path);
        Optional<IloUser> user = open ? Optional.empty() : gate.enter(request);
        if (!open && user.isEmpty()) {
            throw RestGate.noSession();
        }
        RestResource resource = tree.find(path)
                .orElseThrow(() -> new RestFault(404, "Base", "ResourceMissingAtURI", List.of(request.path())));
        return respond(request, view, path, user, resource);
    }

    private static String relative(String path) {
        return path.replaceFirst("\\?.*$", "")
                .replaceFirst("^/(redfish|rest)", "")
                .replaceAll("^/|/$", "");
    }

    private RestReply respond(
            HttpRequest request, RestView view, String path, Optional<IloUser> user, RestResource resource)
            throws RestFault {
        Map<String, String> allow = Map.of("Allow", resource.allow());
        String method = request.method();
        if ((method.equals("GET") || method.equals("HEAD")) && resource.show().isPresent()) {
            ObjectNode shown = resource.show().get().show(view);
            String etag = view.legacy() ? etag(resource) : etag(shown);
            if (view.legacy()) {
                new RestLegacy(view).add(shown);
            }
            return RestReply.ok(shown).with(allow).with(Map.of("ETag", etag));
        }
        RestResource.Verb verb =
                resource.verb(method).orElseThrow(() -> new RestFault(405, "iLO", "UnsupportedOperation", List.of()));
        if (user.isPresent()
                && verb.privilege()
                        .filter(p -> !user.get().privileges().contains(p))
                        .isPresent()) {
            throw new RestFault(403, "Base", "InsufficientPrivilege", List.of());
        }
        checkMatch(request, resource);
        return verb.change()
                .run(new RestCall(method, path, view, user, body(request)))
                .with(allow);
    }

    private static ObjectNode body(HttpRequest request) throws RestFault {
        String type = request.headers().getOrDefault("content-type", "application/json");
        if (!request.body().isEmpty() && !type.toLowerCase(Locale.ROOT).contains("json")) {
            throw new RestFault(415, "Base", "UnsupportedMediaType", List.of(type));
        }
        return request.method().equals("DELETE") ? RestJson.object() : RestJson.parse(request.body());
    }

    private void checkMatch(HttpRequest request, RestResource resource) throws RestFault {
        String wanted = request.headers().getOrDefault("if-match", "*").replaceFirst("^W/", "");
        boolean differs = !wanted.equals("*")
                && resource.show().isPresent()
                && !wanted.equals(etag(resource).substring(2));
        if (differs || request.method().equals("PATCH") && state.struck(IloFault.ETAG_MISMATCH)) {
            throw new RestFault(412, "Base", "PreconditionFailed", List.of());
        }
    }

    private static String etag(RestResource resource) {
        return etag(resource.show().orElseThrow().show(RestView.REDFISH));
    }

    private static String etag(ObjectNode shown) {
        return "W/\"" + RestJson.digest(shown) + "\"";
    }
}
