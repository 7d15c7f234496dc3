package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloState.Light;
import io.ferric.lab.ilo.IloState.Post;
import io.ferric.lab.ilo.IloState.Power;
import java.util.List;
import java.util.Map;

/** The server: its power, its boot section, and the links to all that is in it. */
final class RedfishSystem {
    private static final String PATH = "Systems/1";

    private static final Map<Post, String> POST =
            Map.of(Post.POWER_OFF, "PowerOff", Post.IN_POST, "InPost", Post.FINISHED, "FinishedPost");
    private static final Map<Light, String> LIGHTS =
            Map.of(Light.OFF, "Off", Light.LIT, "Lit", Light.BLINKING, "Blinking");

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final IloState state;
    private final RedfishBoot boot;
    private final RedfishHardware hardware;
    private final RedfishStorage storage;
    private final RedfishSmartStorage smartStorage;

    RedfishSystem(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.state = parts.state();
        this.boot = new RedfishBoot(parts);
        this.hardware = new RedfishHardware(parts);
        this.storage = new RedfishStorage(parts);
        this.smartStorage = new RedfishSmartStorage(parts);
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
        system.put("UUID", parts.identity().canonicalUuid());
        system.put("HostName", parts.identity().serverName());
        system.put("BiosVersion", state.hardware().rom());
        system.put("IndicatorLED", LIGHTS.get(state.light()));
        String power = state.power() == Power.ON ? "On" : "Off";
        system.put("PowerState", power);
        system.set("Status", object("Health", "OK", "State", state.power() == Power.ON ? "Enabled" : "Disabled"));
        system.set("Boot", boot.show(view));
        system.set(
                "Links",
                object("ManagedBy", List.of(parts.to("Managers/1")), "Chassis", List.of(parts.to("Chassis/1"))));
        if (kind.bios() && kind.generation() > 4) {
            system.set("Bios", parts.to(PATH + "/Bios"));
            system.set("SecureBoot", parts.to(RedfishSecureBoot.PATH));
        }
        if (view.legacy()) {
            system.put("Power", power);
        }
        ObjectNode oem = oem();
        ObjectNode oemLinks = oem.withObject("/Links");
        hardware.show(system, oemLinks, view);
        storage.show(system);
        smartStorage.show(oemLinks);
        RedfishPower.show(kind, system, oem, view);
        system.set("Oem", kind.oem(oem));
        return system;
    }

    private ObjectNode oem() {
        ObjectNode links = object();
        if (kind.bios() && kind.generation() == 4) {
            links.set("BIOS", parts.to(PATH + "/Bios"));
            links.set("SecureBoot", parts.to(RedfishSecureBoot.PATH));
        }
        return object(
                "@odata.type",
                kind.type(kind.systemExtension()),
                "Bios",
                object("Current", object("VersionString", state.hardware().rom()), "UefiClass", kind.uefiClass()),
                "PostState",
                POST.get(state.post()),
                "Links",
                links);
    }

    private RestReply change(RestCall call) throws RestFault {
        call.only(kind, List.of("Boot", "IndicatorLED"));
        if (call.body().has("Boot")) {
            if (parts.inPost()) {
                throw RestFault.ilo("UnableToModifyDuringSystemPOST", "Boot");
            }
            boot.change(call.body().get("Boot"), call.view());
        }
        if (call.body().has("IndicatorLED")) {
            String light = call.text("IndicatorLED").orElse("");
            if (!light.equals("Off") && !light.equals("Lit")) {
                throw RestFault.base("PropertyValueNotInList", light, "IndicatorLED");
            }
            state.light(light.equals("Lit") ? Light.LIT : Light.OFF);
        }
        return parts.messages().success(call.view());
    }
}
