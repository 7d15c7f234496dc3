package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloState.Power;
import java.util.List;

/** The power actions of the server: the standard one, and the maker's button and cold boot (ilo-protocols b.4). */
final class RedfishPower {
    private static final String SYSTEM = "Systems/1";
    private static final List<String> PUSHES = List.of("Press", "PressAndHold");
    private static final List<String> COLD = List.of("ColdBoot");

    private final RedfishParts parts;
    private final IloState state;
    private final RedfishKind kind;

    RedfishPower(RedfishParts parts) {
        this.parts = parts;
        this.state = parts.state();
        this.kind = parts.kind();
    }

    void addTo(RedfishTree tree) {
        tree.add(resetPath(kind), RestResource.action(Privilege.RESET_SERVER, this::reset));
        tree.add(extensionPath(kind, "PowerButton"), RestResource.action(Privilege.RESET_SERVER, this::push));
        tree.add(extensionPath(kind, "SystemReset"), RestResource.action(Privilege.RESET_SERVER, this::coldBoot));
    }

    /** Writes the actions into the server's resource. */
    static void show(RedfishKind kind, ObjectNode system, ObjectNode oem, RestView view) {
        system.set(
                "Actions",
                object("#ComputerSystem.Reset", RedfishParts.action(resetPath(kind), "ResetType", kind.resetTypes())));
        String extension = "#" + kind.systemExtension();
        oem.set(
                "Actions",
                object(
                        extension + ".PowerButton",
                        RedfishParts.action(extensionPath(kind, "PowerButton"), "PushType", PUSHES),
                        extension + ".SystemReset",
                        RedfishParts.action(extensionPath(kind, "SystemReset"), "ResetType", COLD)));
        if (view.legacy()) {
            system.set("AvailableActions", array(List.of(available("Reset", "ResetType", kind.resetTypes()))));
            oem.set(
                    "AvailableActions",
                    array(List.of(
                            available("PowerButton", "PushType", PUSHES),
                            available("SystemReset", "ResetType", COLD))));
        }
    }

    /** The older way: the action is named in what is posted to the server's resource. */
    RestReply posted(RestCall call) throws RestFault {
        return switch (call.text("Action").orElse("")) {
            case "Reset", "ComputerSystem.Reset" -> reset(call);
            case "PowerButton" -> push(call);
            case "SystemReset" -> coldBoot(call);
            default ->
                throw RestFault.base("ActionNotSupported", call.text("Action").orElse(""));
        };
    }

    private RestReply reset(RestCall call) throws RestFault {
        boolean on = state.power() == Power.ON;
        String type = call.choice("ResetType", kind.resetTypes());
        if (on == type.equals("On") && !type.equals("PushPowerButton")) {
            throw RestFault.ilo("InvalidOperationForSystemState", on ? "Power is on" : "Power is off");
        }
        switch (type) {
            case "On" -> state.powerOn();
            case "ForceOff" -> state.powerOff();
            case "ForceRestart", "GracefulRestart" -> state.reset("reset by iLO");
            case "GracefulShutdown", "PushPowerButton" -> state.pressButton();
            default -> state.nmi();
        }
        return parts.messages().success(call.view());
    }

    private RestReply push(RestCall call) throws RestFault {
        if (call.choice("PushType", PUSHES).equals("Press")) {
            state.pressButton();
        } else {
            state.powerOff();
        }
        return parts.messages().success(call.view());
    }

    private RestReply coldBoot(RestCall call) throws RestFault {
        call.choice("ResetType", COLD);
        if (!state.coldBoot()) {
            throw RestFault.ilo("InvalidOperationForSystemState", "Power is off");
        }
        return parts.messages().success(call.view());
    }

    private static ObjectNode available(String action, String property, List<String> values) {
        return object(
                "Action", action, "Capabilities", List.of(object("AllowableValues", values, "PropertyName", property)));
    }

    private static String resetPath(RedfishKind kind) {
        return SYSTEM + "/Actions/ComputerSystem.Reset";
    }

    private static String extensionPath(RedfishKind kind, String action) {
        return SYSTEM + "/Actions/Oem/" + kind.oem() + "/" + kind.systemExtension() + "." + action;
    }
}
