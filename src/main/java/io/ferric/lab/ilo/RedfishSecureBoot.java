package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Secure boot: on or off, and its keys (ilo-protocols b.8). */
final class RedfishSecureBoot {
    static final String PATH = "Systems/1/SecureBoot";
    private static final String RESET = PATH + "/Actions/SecureBoot.ResetKeys";
    private static final List<String> RESETS = List.of("ResetAllKeysToDefault", "DeleteAllKeys", "DeletePK");
    private static final String ENABLE = "SecureBootEnable";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final IloState state;

    RedfishSecureBoot(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.state = parts.state();
    }

    void addTo(RedfishTree tree) {
        tree.add(PATH, RestResource.of(view -> show()).on("PATCH", Privilege.CONFIG_ILO, this::change));
        if (kind.generation() > 4) {
            tree.add(RESET, RestResource.action(Privilege.CONFIG_ILO, this::resetKeys));
        }
    }

    private ObjectNode show() {
        ObjectNode node = parts.resource(
                PATH, kind.generation() == 4 ? "HpSecureBoot" : "SecureBoot", "SecureBoot", "SecureBoot");
        node.put(ENABLE, state.pendingSecureBoot());
        if (kind.generation() == 4) {
            node.put("SecureBootCurrentState", state.secureBoot());
            return node.put("ResetAllKeys", false).put("ResetToDefaultKeys", false);
        }
        node.put("SecureBootCurrentBoot", state.secureBoot() ? "Enabled" : "Disabled");
        node.put("SecureBootMode", "UserMode");
        node.set("Actions", object("#SecureBoot.ResetKeys", RedfishParts.action(RESET, "ResetKeysType", RESETS)));
        return node;
    }

    private RestReply change(RestCall call) throws RestFault {
        call.only(
                kind, kind.generation() == 4 ? List.of(ENABLE, "ResetAllKeys", "ResetToDefaultKeys") : List.of(ENABLE));
        if (state.currentMode() != FirmwareMode.UEFI) {
            throw RestFault.ilo("UnsupportedOperationInLegacyBootMode");
        }
        if (call.body().path(ENABLE).isBoolean()) {
            state.pendingSecureBoot(call.body().get(ENABLE).booleanValue());
        }
        return parts.messages().resetRequired(call.view());
    }

    private RestReply resetKeys(RestCall call) throws RestFault {
        call.choice("ResetKeysType", RESETS);
        return parts.messages().resetRequired(call.view());
    }
}
