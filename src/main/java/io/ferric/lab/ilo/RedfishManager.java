package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** The iLO itself: its firmware, its licence, and its own reset. */
final class RedfishManager {
    private static final String PATH = "Managers/1";
    private static final String LICENSE = PATH + "/LicenseService";
    private static final String RESET = PATH + "/Actions/Manager.Reset";
    private static final Duration ABSENCE = Duration.ofMillis(200);
    private static final String KEY = "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final RedfishSessions sessions;

    RedfishManager(RedfishParts parts, RedfishSessions sessions) {
        this.parts = parts;
        this.kind = parts.kind();
        this.sessions = sessions;
    }

    void addTo(RedfishTree tree) {
        tree.add("Managers", RestResource.of(view -> parts.collection("Managers", "Manager", List.of("1"))));
        RestResource manager = RestResource.of(this::show);
        if (kind.rest()) {
            manager.on("POST", Privilege.CONFIG_ILO, this::reset);
        }
        tree.add(PATH, manager);
        tree.add(RESET, RestResource.action(Privilege.CONFIG_ILO, this::reset));
        tree.add(
                LICENSE,
                RestResource.of(view -> parts.collection(LICENSE, kind.oem() + "iLOLicense", List.of("1")))
                        .on("POST", Privilege.CONFIG_ILO, this::install));
        tree.add(LICENSE + "/1", RestResource.of(view -> license()));
    }

    private ObjectNode show(RestView view) {
        ObjectNode manager = parts.resource(PATH, "Manager", "1", "Manager");
        String firmware = "iLO " + kind.generation() + " v" + kind.firmware();
        manager.put("ManagerType", "BMC");
        manager.put("Model", "iLO " + kind.generation());
        manager.put("FirmwareVersion", firmware);
        manager.put("UUID", parts.identity().canonicalUuid());
        manager.set("Status", object("State", "Enabled", "Health", "OK"));
        manager.set("VirtualMedia", parts.to(PATH + "/VirtualMedia"));
        manager.set("Links", object("ManagerForServers", List.of(parts.to("Systems/1"))));
        manager.set(
                "Actions",
                object(
                        "#Manager.Reset",
                        RedfishParts.action(RESET, "ResetType", List.of("ForceRestart", "GracefulRestart"))));
        String[] numbers = kind.firmware().split("\\.");
        ObjectNode current = object(
                "Date",
                "Sep 23 2016",
                "MajorVersion",
                Integer.parseInt(numbers[0]),
                "MinorVersion",
                Integer.parseInt(numbers[1]),
                "VersionString",
                firmware);
        ObjectNode links = object("LicenseService", parts.to(LICENSE));
        if (kind.generation() > 4) {
            links.set("SecurityService", parts.to(RedfishSecurity.PATH));
        }
        ObjectNode oem = object(
                "@odata.type", kind.type(kind.oem() + "iLO"),
                "Firmware", object("Current", current),
                "License", object("LicenseKey", KEY, "LicenseString", license(parts), "LicenseType", "Perpetual"),
                "Links", links);
        manager.set("Oem", kind.oem(oem));
        if (view.legacy()) {
            manager.set("Firmware", object("Current", object("VersionString", firmware)));
            manager.set("AvailableActions", array(List.of(object("Action", "Reset"))));
        }
        return manager;
    }

    private RestReply reset(RestCall call) throws RestFault {
        sessions.clear();
        parts.state().restartIlo(ABSENCE);
        return parts.messages().success(call.view());
    }

    private static String license(RedfishParts parts) {
        return parts.state().license();
    }

    private ObjectNode license() {
        ObjectNode license = parts.resource(LICENSE + "/1", kind.oem() + "iLOLicense", "1", "iLO License");
        license.put("License", license(parts));
        license.put("LicenseKey", KEY);
        license.put("LicenseType", "Perpetual");
        return license;
    }

    private RestReply install(RestCall call) throws RestFault {
        String key = call.text("LicenseKey").orElseThrow(() -> RestFault.base("PropertyMissing", "LicenseKey"));
        if (!key.replace("-", "").matches("[0-9A-Z]{25}")) {
            throw RestFault.ilo("InvalidLicenseKey");
        }
        parts.state().license("iLO " + kind.generation() + " Advanced");
        return RestReply.of(201, parts.messages().created(call.view()));
    }
}
