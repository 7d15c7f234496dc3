package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.link;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The BIOS settings: as they are, and as the next start will make them (ilo-protocols b.8). An iLO 4 lays them flat in
 * the resource, a newer one below {@code Attributes}.
 */
final class RedfishBios {
    static final String PATH = "Systems/1/Bios";
    private static final String SETTINGS = PATH + "/Settings";
    private static final String ISCSI = PATH + "/iScsi";
    private static final String ISCSI_SETTINGS = ISCSI + "/Settings";
    private static final String INITIATOR = "iSCSIInitiatorName";
    static final String MODE = "BootMode";
    static final List<String> SWITCH = List.of("Enabled", "Disabled");

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final IloState state;
    private final Map<String, String> current = new LinkedHashMap<>();
    private final Map<String, String> pending = new LinkedHashMap<>();
    private final Map<String, String> factory;
    private final RedfishBiosRegistry registry;
    private String initiator = "iqn.2015-02.com.hpe:uefi-simulated";
    private int bootsSeen;

    RedfishBios(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.state = parts.state();
        current.put("UefiOptimizedBoot", "Enabled");
        current.put("Sriov", "Enabled");
        current.put("ProcVirtualization", "Enabled");
        current.put("ProcHyperthreading", "Enabled");
        current.put("TpmState", "PresentEnabled");
        current.put("AdminName", "");
        current.put("CustomPostMessage", "");
        current.put("UefiShellStartupUrl", "");
        pending.putAll(current);
        factory = Map.copyOf(current);
        registry = new RedfishBiosRegistry(parts, factory);
    }

    void addTo(RedfishTree tree) {
        tree.add(PATH, RestResource.of(view -> show()));
        tree.add(
                SETTINGS,
                RestResource.of(view -> pending())
                        .on("PATCH", Privilege.CONFIG_ILO, this::change)
                        .on("PUT", Privilege.CONFIG_ILO, this::change)
                        .on("POST", Privilege.CONFIG_ILO, this::change));
        tree.add(ISCSI, RestResource.of(view -> iscsi(ISCSI)));
        tree.add(
                ISCSI_SETTINGS,
                RestResource.of(view -> iscsi(ISCSI_SETTINGS))
                        .on("PATCH", Privilege.CONFIG_ILO, this::changeInitiator));
        new RedfishBootOrder(parts).addTo(tree);
        registry.addTo(tree);
        if (kind.generation() > 4) {
            tree.add(RedfishBiosRegistry.RESET, RestResource.action(Privilege.CONFIG_ILO, this::reset));
        }
    }

    private synchronized ObjectNode show() {
        applyAfterBoot();
        ObjectNode bios = parts.resource(PATH, biosType(), "Bios", "BIOS Current Settings");
        addValues(bios, state.currentMode(), current);
        ObjectNode settings = object(
                "@odata.type",
                "#Settings.v1_0_0.Settings",
                "Messages",
                List.of(object(kind.messageIdName(), kind.message("Base", "Success"))),
                "SettingsObject",
                parts.to(SETTINGS));
        bios.set(kind.generation() == 4 ? "SettingsResult" : "@Redfish.Settings", settings);
        ObjectNode links = object("Boot", parts.to(RedfishBootOrder.PATH), "iScsi", parts.to(ISCSI));
        if (kind.generation() < 6) {
            links.set("BaseConfigs", parts.to(RedfishBiosRegistry.BASE_CONFIGS));
        }
        if (kind.generation() == 4) {
            links.set("Settings", parts.to(SETTINGS));
            bios.set("Links", links);
        } else {
            bios.set("Actions", object("#Bios.ResetBios", RedfishParts.action(RedfishBiosRegistry.RESET)));
            bios.set("Oem", kind.oem(object("Links", links)));
        }
        return bios;
    }

    private synchronized ObjectNode pending() {
        applyAfterBoot();
        ObjectNode settings = parts.resource(SETTINGS, biosType(), "Settings", "BIOS Pending Settings");
        FirmwareMode mode = state.pendingMode();
        addValues(settings, mode == FirmwareMode.UNKNOWN ? state.currentMode() : mode, pending);
        settings.set("Links", object("Boot", link(RedfishParts.path(RedfishBootOrder.PATH))));
        return settings;
    }

    private synchronized ObjectNode iscsi(String path) {
        ObjectNode node = parts.resource(path, kind.oem() + "iSCSISoftwareInitiator", "iScsi", "iSCSI Settings");
        node.put(INITIATOR, initiator);
        if (kind.generation() == 4) {
            node.set("Links", object("Settings", parts.to(ISCSI_SETTINGS)));
        } else if (path.equals(ISCSI)) {
            node.set("@Redfish.Settings", object("SettingsObject", parts.to(ISCSI_SETTINGS)));
        }
        return node;
    }

    private synchronized RestReply changeInitiator(RestCall call) throws RestFault {
        call.only(kind, List.of(INITIATOR));
        initiator = call.text(INITIATOR).orElse(initiator);
        return parts.messages().resetRequired(call.view());
    }

    private String biosType() {
        return kind.generation() == 4 ? "HpBios" : "Bios";
    }

    private void addValues(ObjectNode resource, FirmwareMode mode, Map<String, String> values) {
        resource.put("AttributeRegistry", RedfishBiosRegistry.name(kind));
        ObjectNode attributes = kind.generation() == 4 ? resource : resource.putObject("Attributes");
        attributes.put(MODE, mode == FirmwareMode.UEFI ? "Uefi" : "LegacyBios");
        values.forEach(attributes::put);
    }

    private synchronized RestReply change(RestCall call) throws RestFault {
        applyAfterBoot();
        if (parts.inPost()) {
            throw RestFault.ilo("UnableToModifyDuringSystemPOST", MODE);
        }
        JsonNode wanted = call.body();
        if (kind.generation() > 4) {
            call.only(kind, List.of("Attributes", "@Redfish.SettingsApplyTime"));
            wanted = call.body().path("Attributes");
        }
        for (Map.Entry<String, JsonNode> each : wanted.properties()) {
            check(each.getKey(), value(each));
        }
        wanted.properties().forEach(each -> set(each.getKey(), value(each)));
        return parts.messages().resetRequired(call.view());
    }

    private synchronized RestReply reset(RestCall call) throws RestFault {
        applyAfterBoot();
        if (parts.inPost()) {
            throw RestFault.ilo("UnableToModifyDuringSystemPOST", MODE);
        }
        pending.putAll(factory);
        return parts.messages().resetRequired(call.view());
    }

    /** The text of a setting; an iLO 4 takes the boot mode in lower case as well (proliantutils writes it so). */
    private String value(Map.Entry<String, JsonNode> setting) {
        String text = setting.getValue().asText();
        return kind.generation() == 4 && setting.getKey().equals(MODE) && text.equals("uefi") ? "Uefi" : text;
    }

    private void check(String name, String value) throws RestFault {
        if (!name.equals(MODE) && !current.containsKey(name)) {
            throw kind.unknownProperty(name);
        }
        boolean onOff = SWITCH.contains(current.getOrDefault(name, "")) && !SWITCH.contains(value);
        if (onOff || name.equals(MODE) && !List.of("LegacyBios", "Uefi").contains(value)) {
            throw RestFault.base("PropertyValueNotInList", value, name);
        }
        boolean legacyOnly = kind.uefiClass() == 0 && value.equals("Uefi");
        boolean uefiOnly = kind.uefiClass() == 3 && value.equals("LegacyBios");
        if (name.equals(MODE) && state.pendingSecureBoot() && value.equals("LegacyBios")) {
            throw RestFault.ilo("UnsupportedOperation");
        }
        if (name.equals(MODE) && (legacyOnly || uefiOnly || state.struck(IloFault.UNSUPPORTED_BOOT_MODE))) {
            throw RestFault.ilo("UnsupportedOperation");
        }
    }

    private void set(String name, String value) {
        if (name.equals(MODE)) {
            state.pendingMode(value.equals("Uefi") ? FirmwareMode.UEFI : FirmwareMode.LEGACY);
        } else {
            pending.put(name, value);
        }
    }

    /** The server takes over what is pending whenever it starts. */
    private void applyAfterBoot() {
        if (state.boots() > bootsSeen) {
            current.putAll(pending);
        }
        bootsSeen = state.boots();
    }
}
