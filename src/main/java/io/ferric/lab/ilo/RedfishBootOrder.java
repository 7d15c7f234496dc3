package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The order in which the server's BIOS tries its boot sources. */
final class RedfishBootOrder {
    static final String PATH = RedfishBios.PATH + "/Boot";
    private static final String SETTINGS = PATH + "/Settings";
    private static final String ORDER = "PersistentBootConfigOrder";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final IloState state;

    /** The boot sources by the names that the BIOS gives them. */
    private enum Source {
        HD(BootTarget.HDD, "HD.Emb.1.2"),
        NIC(BootTarget.NETWORK, "NIC.LOM.1.1.IPv4"),
        CD(BootTarget.CDROM, "CD.Virtual.2.1"),
        FD(BootTarget.FLOPPY, "FD.Virtual.1.1"),
        USB(BootTarget.USB, "Generic.USB.1.1");

        private final BootTarget target;
        private final String structured;

        Source(BootTarget target, String structured) {
            this.target = target;
            this.structured = structured;
        }

        static Optional<Source> of(BootTarget target) {
            return Arrays.stream(values()).filter(each -> each.target == target).findFirst();
        }

        static Optional<Source> named(String structured) {
            return Arrays.stream(values())
                    .filter(each -> each.structured.equals(structured))
                    .findFirst();
        }
    }

    RedfishBootOrder(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.state = parts.state();
    }

    void addTo(RedfishTree tree) {
        tree.add(PATH, RestResource.of(view -> show(PATH)));
        tree.add(SETTINGS, RestResource.of(view -> show(SETTINGS)).on("PATCH", Privilege.CONFIG_ILO, this::change));
    }

    private ObjectNode show(String path) {
        ObjectNode boot = parts.resource(path, kind.oem() + "ServerBootSettings", "Boot", "Boot Order Settings");
        List<Source> order = state.persistentBoot().stream()
                .flatMap(each -> Source.of(each).stream())
                .toList();
        boot.set("BootSources", array(order.stream().map(this::source).toList()));
        boot.set(ORDER, array(order.stream().map(each -> each.structured).toList()));
        if (kind.generation() == 4) {
            boot.set("Links", object("Settings", parts.to(SETTINGS)));
        } else if (path.equals(PATH)) {
            boot.set("@Redfish.Settings", object("SettingsObject", parts.to(SETTINGS)));
        }
        return boot;
    }

    private ObjectNode source(Source source) {
        UefiBootEntry entry = UefiBootEntry.of(source.target);
        String text = entry.description();
        if (kind.generation() > 4) {
            text = text.replace("HP iLO Virtual USB CD/DVD ROM", "HPE Virtual CD-ROM")
                    .replace("HP ", "HPE ");
        }
        return object(
                "BootOptionNumber",
                entry.number().replace("Boot", ""),
                "BootString",
                text,
                "StructuredBootString",
                source.structured,
                "UEFIDevicePath",
                "PciRoot(0x0)/Pci(0x" + Integer.toHexString(source.ordinal() + 1) + ",0x0)");
    }

    private RestReply change(RestCall call) throws RestFault {
        call.only(kind, List.of(ORDER, "DesiredBootDevices"));
        List<BootTarget> order = new ArrayList<>();
        for (JsonNode name : call.body().path(ORDER)) {
            order.add(Source.named(name.asText())
                    .orElseThrow(() -> RestFault.base("PropertyValueNotInList", name.asText(), ORDER))
                    .target);
        }
        state.persistentBoot(order);
        return parts.messages().resetRequired(call.view());
    }
}
