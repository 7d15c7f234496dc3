package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.Findings;
import io.ferric.driver.MediaInterface;
import io.ferric.driver.MediaInterface.Attached;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.driver.Unsupported;
import io.ferric.node.Node;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Attaches and detaches virtual media for operators. Source: Ironic's attach_virtual_media. */
final class MediaActions {
    private static final String STEP = "virtual media";
    private static final String WHAT = "the virtual media";

    private final Context context;
    private final NodeRegistry nodes;
    private final HeldNode held;

    MediaActions(Context context, NodeRegistry nodes, HeldNode held) {
        this.context = context;
        this.nodes = nodes;
        this.held = held;
    }

    /** The BMC fetches the image, never this conductor. */
    void attach(String id, Device device, URI image) {
        requireMedia(id);
        held.change(id, WHAT, task -> {
            media(task).attach(task, device, image);
            task.note(STEP, "Attached " + shown(image) + " as " + word(device), Level.INFO);
        });
    }

    void detach(String id, List<Device> devices) {
        requireMedia(id);
        held.change(id, WHAT, task -> {
            media(task).detach(task, devices);
            String words = devices.stream().map(MediaActions::word).collect(Collectors.joining(", "));
            task.note(STEP, "Detached " + words, Level.INFO);
        });
    }

    List<Attached> attached(String id) {
        requireMedia(id);
        return held.ask(id, task -> media(task).attached(task));
    }

    private void requireMedia(String id) {
        Node node = nodes.node(id);
        context.driverOf(node).media().orElseThrow(() -> Unsupported.because("virtual media of operators"));
    }

    private static MediaInterface media(NodeTask task) {
        MediaInterface media =
                task.driver().media().orElseThrow(() -> Unsupported.because("virtual media of operators"));
        Findings findings = new Findings();
        media.validate(task, findings);
        findings.throwIfAny();
        return media;
    }

    /** Without user information and query, whatever they are. */
    private static String shown(URI image) {
        return image.getScheme() + "://" + image.getHost() + (image.getPort() < 0 ? "" : ":" + image.getPort())
                + image.getRawPath();
    }

    private static String word(Device device) {
        return device.name().toLowerCase(Locale.ROOT);
    }
}
