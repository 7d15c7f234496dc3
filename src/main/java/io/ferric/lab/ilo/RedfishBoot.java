package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The section {@code Boot} of the server: which device the next boot, or all boots, take (ilo-protocols b.5). */
final class RedfishBoot {
    private static final String TARGET = "BootSourceOverrideTarget";
    private static final String ENABLED = "BootSourceOverrideEnabled";
    private static final List<String> WRITABLE = List.of(TARGET, ENABLED);
    private static final Map<String, BootTarget> TARGETS = targets();

    private final IloState state;
    private final RedfishKind kind;
    private Optional<BootTarget> continuous = Optional.empty();

    RedfishBoot(RedfishParts parts) {
        this.state = parts.state();
        this.kind = parts.kind();
    }

    private static Map<String, BootTarget> targets() {
        Map<String, BootTarget> all = new LinkedHashMap<>();
        all.put("None", BootTarget.NORMAL);
        all.put("Cd", BootTarget.CDROM);
        all.put("Hdd", BootTarget.HDD);
        all.put("Usb", BootTarget.USB);
        all.put("Floppy", BootTarget.FLOPPY);
        all.put("BiosSetup", BootTarget.RBSU);
        all.put("Pxe", BootTarget.NETWORK);
        return all;
    }

    synchronized ObjectNode show(RestView view) {
        Optional<BootTarget> lasting = lasting();
        BootTarget target = lasting.orElse(state.oneTimeBoot());
        String name = TARGETS.entrySet().stream()
                .filter(each -> each.getValue() == target)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("None");
        String enabled = lasting.isPresent() ? "Continuous" : target == BootTarget.NORMAL ? "Disabled" : "Once";
        ObjectNode boot = object(ENABLED, enabled, TARGET, name);
        if (kind.generation() > 4) {
            boot.put("BootSourceOverrideMode", state.currentMode() == FirmwareMode.UEFI ? "UEFI" : "Legacy");
        }
        boot.set(TARGET + "@Redfish.AllowableValues", array(TARGETS.keySet()));
        if (view.legacy()) {
            boot.set("BootSourceOverrideSupported", array(TARGETS.keySet()));
        }
        return boot;
    }

    /** The device of all boots, as long as the order is still as it was made. */
    private Optional<BootTarget> lasting() {
        return continuous.filter(target -> state.oneTimeBoot() == BootTarget.NORMAL
                && state.persistentBoot().get(0) == target);
    }

    synchronized void change(JsonNode boot, RestView view) throws RestFault {
        RestCall.only(kind, boot, WRITABLE);
        if (state.struck(IloFault.BOOT_OVERRIDE_REFUSED)) {
            throw RestFault.ilo("UnsupportedOperation");
        }
        String name = boot.path(TARGET).asText(show(view).path(TARGET).asText());
        BootTarget target = Optional.ofNullable(TARGETS.get(name))
                .orElseThrow(() -> RestFault.base("PropertyValueNotInList", name, TARGET));
        String enabled = boot.path(ENABLED).asText(target == BootTarget.NORMAL ? "Disabled" : "Once");
        boolean known = enabled.equals("Once") || enabled.equals("Continuous") && kind.continuous(view);
        if (!enabled.equals("Disabled") && (!known || target == BootTarget.NORMAL)) {
            throw RestFault.base("PropertyValueNotInList", enabled, ENABLED);
        }
        set(enabled, target);
    }

    private void set(String enabled, BootTarget target) {
        continuous = Optional.of(target).filter(each -> enabled.equals("Continuous"));
        state.oneTimeBoot(enabled.equals("Once") ? target : BootTarget.NORMAL);
        if (continuous.isPresent()) {
            state.persistentBoot(List.of(target));
        }
    }
}
