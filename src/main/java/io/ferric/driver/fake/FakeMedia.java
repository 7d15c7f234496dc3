package io.ferric.driver.fake;

import io.ferric.driver.Findings;
import io.ferric.driver.MediaInterface;
import io.ferric.driver.Task;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The virtual drives of a server that is not there; nothing is fetched. */
final class FakeMedia implements MediaInterface {
    private final FakeSteps steps;

    FakeMedia(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public void validate(Task task, Findings findings) {}

    @Override
    public void attach(Task task, Device device, URI image) {
        steps.go(FakeStep.ATTACH, task, " " + device.name().toLowerCase(Locale.ROOT));
        media(task.node().uuid()).put(device, image);
    }

    @Override
    public void detach(Task task, List<Device> devices) {
        for (Device device : devices) {
            steps.go(FakeStep.DETACH, task, " " + device.name().toLowerCase(Locale.ROOT));
            media(task.node().uuid()).remove(device);
        }
    }

    @Override
    public List<Attached> attached(Task task) {
        steps.go(FakeStep.ATTACHED, task);
        Map<Device, URI> in = media(task.node().uuid());
        return Stream.of(Device.values())
                .map(device -> new Attached(device, in.containsKey(device), image(in, device)))
                .toList();
    }

    private static String image(Map<Device, URI> in, Device device) {
        URI image = in.get(device);
        return image == null ? "" : image.getScheme() + "://" + image.getHost() + image.getRawPath();
    }

    private Map<Device, URI> media(UUID node) {
        return steps.hardware().media(node);
    }
}
