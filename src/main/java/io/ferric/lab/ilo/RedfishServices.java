package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The root, and the services that have nothing to do with the server: sessions, accounts, registries. */
final class RedfishServices {
    private static final String SESSIONS = "SessionService/Sessions";
    private static final String ACCOUNTS = "AccountService/Accounts";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final RedfishSessions sessions;
    private final RestGate gate;

    RedfishServices(RedfishParts parts, RedfishSessions sessions, RestGate gate) {
        this.parts = parts;
        this.kind = parts.kind();
        this.sessions = sessions;
        this.gate = gate;
    }

    void addTo(RedfishTree tree) {
        tree.add("", RestResource.of(this::root));
        tree.add("SessionService", RestResource.of(view -> sessionService()));
        tree.add(SESSIONS, RestResource.of(view -> sessionList()).free("POST", this::logIn));
        tree.add("Sessions", RestResource.of(view -> sessionList()).free("POST", this::logIn));
        tree.add(
                "Registries",
                RestResource.of(view -> parts.collection(
                        "Registries",
                        "MessageRegistryFile",
                        kind.bios() ? List.of(RedfishBiosRegistry.name(kind)) : List.of())));
        tree.add("AccountService", RestResource.of(view -> accountService()));
        tree.add(ACCOUNTS, RestResource.of(view -> accounts()));
    }

    /** The session or the account that lies at this path, if any: they come and go. */
    Optional<RestResource> member(String path) {
        return sessions.all().stream()
                .filter(each -> path.equalsIgnoreCase("v1/" + SESSIONS + "/" + each.id()))
                .findFirst()
                .map(session ->
                        RestResource.of(view -> sessionOf(session)).free("DELETE", call -> logOut(call, session)))
                .or(() -> accountAt(path));
    }

    private Optional<RestResource> accountAt(String path) {
        List<IloUser> users = parts.state().accounts().all();
        return IntStream.range(0, users.size())
                .filter(i -> path.equalsIgnoreCase("v1/" + ACCOUNTS + "/" + (i + 1)))
                .mapToObj(i -> RestResource.of(view -> account("" + (i + 1), users.get(i)))
                        .on("PATCH", Privilege.CONFIG_ILO, call -> changePassword(call, users.get(i))))
                .findFirst();
    }

    private RestReply changePassword(RestCall call, IloUser user) throws RestFault {
        call.only(kind, List.of("Password"));
        String password = call.text("Password").orElseThrow(() -> RestFault.base("PropertyMissing", "Password"));
        if (password.length() < 8) {
            throw RestFault.ilo("PasswordTooShort");
        }
        parts.state().accounts().put(new IloUser(user.login(), password, user.privileges()));
        parts.state().log(IloEvent.Kind.ACCOUNT, user.login());
        return parts.messages().success(call.view());
    }

    private ObjectNode root(RestView view) {
        ObjectNode root = parts.resource(
                "", "ServiceRoot", view == RestView.REST ? "v1" : "RootService", "HPE RESTful Root Service");
        root.put("RedfishVersion", kind.redfishVersion());
        root.put("UUID", parts.identity().canonicalUuid());
        if (kind.generation() > 4) {
            root.put("Product", parts.identity().product());
            root.put("Vendor", "HPE");
        }
        for (String name :
                List.of("Systems", "Managers", "Chassis", "SessionService", "AccountService", "Registries")) {
            root.set(name, parts.to(name));
        }
        root.set("Links", object("Sessions", parts.to(SESSIONS)));
        String type = kind.generation() == 7 ? "iLO 7" : "iLO " + kind.generation();
        ObjectNode manager = object(
                "ManagerType",
                type,
                "ManagerFirmwareVersion",
                kind.firmware(),
                "HostName",
                "ILO" + parts.identity().serial());
        root.set("Oem", kind.oem(object("Manager", List.of(manager), "Sessions", object("LoginHint", object()))));
        return root;
    }

    private ObjectNode sessionService() {
        ObjectNode service = parts.resource("SessionService", "SessionService", "SessionService", "Session Service");
        service.put("ServiceEnabled", true);
        service.put("SessionTimeout", RedfishSessions.IDLE.toSeconds());
        service.set("Sessions", parts.to(SESSIONS));
        return service;
    }

    private ObjectNode sessionList() {
        return parts.collection(
                SESSIONS,
                "Session",
                sessions.all().stream().map(RedfishSession::id).toList());
    }

    private ObjectNode sessionOf(RedfishSession session) {
        ObjectNode node = parts.resource(SESSIONS + "/" + session.id(), "Session", session.id(), "User Session");
        node.put("UserName", session.user());
        return node;
    }

    private RestReply logIn(RestCall call) throws RestFault {
        call.only(kind, List.of("UserName", "Password", "Oem"));
        IloUser user = gate.logIn(
                call.text("UserName").orElse(""), call.text("Password").orElse(""));
        Optional<RedfishSessions.Opened> opened =
                parts.state().struck(IloFault.SESSION_SLOTS_FULL) ? Optional.empty() : sessions.open(user);
        RedfishSessions.Opened session =
                opened.orElseThrow(() -> new RestFault(503, "Base", "CreateLimitReachedForResource", List.of()));
        String path = RedfishParts.path(SESSIONS + "/" + session.session().id());
        return RestReply.of(201, parts.messages().created(call.view()))
                .with(Map.of("X-Auth-Token", session.token(), "Location", path));
    }

    private RestReply logOut(RestCall call, RedfishSession session) {
        sessions.close(session.id());
        return parts.messages().success(call.view());
    }

    private ObjectNode accountService() {
        ObjectNode service = parts.resource("AccountService", "AccountService", "AccountService", "Account Service");
        service.set("Accounts", parts.to(ACCOUNTS));
        return service;
    }

    private ObjectNode accounts() {
        return parts.collection(
                ACCOUNTS,
                "ManagerAccount",
                IntStream.rangeClosed(1, parts.state().accounts().all().size())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private ObjectNode account(String id, IloUser user) {
        ObjectNode account = parts.resource(ACCOUNTS + "/" + id, "ManagerAccount", id, "User Account");
        account.put("UserName", user.login());
        account.putNull("Password");
        account.set("Oem", kind.oem(object("LoginName", user.login(), "Privileges", privileges(user))));
        return account;
    }

    private static ObjectNode privileges(IloUser user) {
        return object(
                "LoginPriv", true,
                "VirtualMediaPriv", user.privileges().contains(Privilege.VIRTUAL_MEDIA),
                "VirtualPowerAndResetPriv", user.privileges().contains(Privilege.RESET_SERVER),
                "iLOConfigPriv", user.privileges().contains(Privilege.CONFIG_ILO));
    }
}
