package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloState.Power;
import java.util.List;

/** The server: its power, its boot section, and the links to all that is in it. */
final class RedfishSystem {
    private static final String PATH = "Systems/1";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final IloState state;
    private final RedfishBoot boot;
    private final RedfishHardware hardware;
    private final RedfishStorage storage;

    RedfishSystem(RedfishParts parts, RedfishInventory inventory) {
        this.parts = parts;
        this.kind = parts.kind();
        this.state = parts.state();
        this.boot = new RedfishBoot(parts);
        this.hardware = new RedfishHardware(parts, inventory);
        this.storage = new RedfishStorage(parts, inventory);
    }

    void addTo(RedfishTree tree) {
        tree.add("Systems", RestResource.of(view -> parts.collection("Systems", "ComputerSystem", List.of("1"))));
        RestResource system = RestResource.of(this::show).on("PATCH", Privilege.CONFIG_ILO, this::change);
        if (kind.rest()) {
            system.on("POST", Privilege.RESET_SERVER, new RedfishPower(parts)::posted);
        }
        tree.add(PATH, system);
    }

    private ObjectNode show(RestView view) {
        ObjectNode system = parts.resource(PATH, "ComputerSystem", "1", "Computer System");
        system.put("SystemType", "Physical");
        system.put("Manufacturer", kind.oem().equals("Hp") ? "HP" : "HPE");
        system.put("Model", parts.identity().product());
        system.put("SerialNumber", parts.identity().serial());
        system.put("UUID", parts.identity().uuid());
        system.put("HostName", parts.identity().serverName());
        String power = state.power() == Power.ON ? "On" : "Off";
        system.put("PowerState", power);
        system.set("Status", object("Health", "OK", "State", state.power() == Power.ON ? "Enabled" : "Disabled"));
        system.set("Boot", boot.show(view));
        system.set(
                "Links",
                object("ManagedBy", List.of(parts.to("Managers/1")), "Chassis", List.of(parts.to("Chassis/1"))));
        if (kind.bios() && kind.generation() > 4) {
            system.set("Bios", parts.to(PATH + "/Bios"));
        }
        if (view.legacy()) {
            system.put("Power", power);
        }
        ObjectNode oem = oem();
        ObjectNode oemLinks = oem.withObject("/Links");
        hardware.show(system, oemLinks, view);
        storage.show(system, oemLinks);
        RedfishPower.show(kind, system, oem, view);
        system.set("Oem", kind.oem(oem));
        return system;
    }

    private ObjectNode oem() {
        ObjectNode links = object();
        if (kind.bios() && kind.generation() == 4) {
            links.set("BIOS", parts.to(PATH + "/Bios"));
        }
        String rom = kind.generation() == 4 ? "P89 v2.40 (02/17/2017)" : "U32 v2.76 (02/09/2023)";
        return object(
                "@odata.type",
                kind.type(kind.systemExtension()),
                "Bios",
                object("Current", object("VersionString", rom), "UefiClass", kind.uefiClass()),
                "PostState",
                state.power() == Power.ON ? "FinishedPost" : "PowerOff",
                "Links",
                links);
    }

    private RestReply change(RestCall call) throws RestFault {
        call.only(kind, List.of("Boot", "IndicatorLED", "AssetTag"));
        if (RestTrouble.struck(state, "POST_BUSY")) {
            throw RestFault.ilo(
                    "UnableToModifyDuringSystemPOST",
                    array(List.of("Boot")).get(0).asText());
        }
        if (call.body().has("Boot")) {
            boot.change(call.body().get("Boot"), call.view());
        }
        return parts.messages().success(call.view());
    }
}
