package io.ferric.rest.node;

import io.ferric.conductor.HistoryEntry;
import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface.IndicatorLight;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.driver.MediaInterface.Attached;
import io.ferric.driver.VendorMethod;
import io.ferric.node.Masking;
import io.ferric.rest.common.Links;
import io.ferric.rest.data.AttachedMediaData;
import io.ferric.rest.data.HistoryData;
import io.ferric.rest.data.IndicatorData;
import io.ferric.rest.data.ValidationData;
import io.ferric.rest.data.VendorMethodData;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes what is shown of a node out of what is known; the only way out, so that nothing leaves unmasked. */
final class NodeViews {
    private NodeViews() {}

    /** Warnings stop nothing, so the result stays true; the reason has them all the same, after the errors. */
    static ValidationData validation(Findings findings) {
        String warnings = findings.warnings().stream()
                .map(finding -> "Warning: " + finding.message())
                .collect(Collectors.joining(" "));
        String reason = (findings.text() + " " + warnings).strip();
        return new ValidationData(
                findings.isEmpty(),
                Optional.of(reason).filter(text -> !text.isEmpty()).map(Masking::text));
    }

    static AttachedMediaData attached(Attached drive) {
        return new AttachedMediaData(
                drive.device().name().toLowerCase(Locale.ROOT), drive.inserted(), Masking.text(drive.image()));
    }

    static IndicatorData indicator(UUID node, IndicatorLight light, Links links) {
        String name = light.name() + "@" + light.component();
        return new IndicatorData(
                name,
                light.component(),
                light.states().isEmpty(),
                light.states().stream().map(NodeViews::wireName).sorted().toList(),
                links.pair("nodes", node.toString(), "management", "indicators", name));
    }

    /** As it stands in the API. */
    static String wireName(IndicatorState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static VendorMethodData vendorMethod(VendorMethod method) {
        return new VendorMethodData(
                method.mode() != VendorMethod.Mode.SYNC,
                false,
                method.description(),
                method.httpMethods().stream().sorted().toList(),
                true);
    }

    static HistoryData history(UUID node, HistoryEntry entry, String conductor, Links links) {
        UUID id = historyId(node, entry);
        return new HistoryData(
                id,
                entry.at(),
                entry.level().name(),
                entry.step(),
                Masking.text(entry.message()),
                Optional.ofNullable(conductor),
                Optional.empty(),
                links.pair("nodes", node.toString(), "history", id.toString()).subList(0, 1));
    }

    /** Entries have no identity of their own; what they say makes one, the same every time. */
    static UUID historyId(UUID node, HistoryEntry entry) {
        String all = node + "\n" + entry.at() + "\n" + entry.step() + "\n" + entry.message();
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    }
}
