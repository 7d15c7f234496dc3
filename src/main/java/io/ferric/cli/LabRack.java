package io.ferric.cli;

import io.ferric.lab.MediaDevice;
import io.ferric.lab.PretendNode;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.SimulatedIlo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The pretend hardware of a lab: a rack with one server in it. */
final class LabRack implements AutoCloseable {
    private static final Set<Stage> AT_REST = Set.of(Stage.INSTANCE_UP, Stage.STOPPED, Stage.NO_BOOTABLE_DEVICE);

    private final LabFiles files;
    private final PretendRack rack;
    private final PretendNode node;

    private LabRack(LabPlan plan, Consumer<ServerEvent> listener) throws IOException {
        this.files = plan.files();
        this.rack = PretendRack.in(files.folder());
        this.node = rack.add(
                "lab",
                plan.diskBytes(),
                SimulatedIlo.builder().powerDelays(Duration.ofMillis(300), Duration.ofMillis(200)),
                server -> server.listener(event -> {
                    if (event.stage() == Stage.ORDERED) {
                        keepFloppy();
                    }
                    listener.accept(event);
                }));
    }

    static LabRack start(LabPlan plan, Consumer<ServerEvent> listener) throws IOException {
        return new LabRack(plan, listener);
    }

    Map<String, Object> driverInfo() {
        Map<String, Object> info = new LinkedHashMap<>(node.driverInfo());
        info.put("ilo_fingerprint", node.ilo().fingerprint());
        info.put("ilo_deploy_iso", files.deployIso().toUri().toString());
        return info;
    }

    /** Waits until the server has booted its instance, or given up; returns why it did not. */
    Optional<String> awaitInstance(Duration patience) throws InterruptedException {
        try {
            ServerEvent end = node.server().console().awaitAny(AT_REST, patience);
            return end.stage() == Stage.INSTANCE_UP ? Optional.empty() : Optional.of(notBooted());
        } catch (TimeoutException e) {
            return Optional.of(notBooted());
        }
    }

    /** Keeps what is in the CD-ROM drive now. */
    void keepBootIso() throws IOException {
        keep(MediaDevice.CDROM, files.bootIso());
    }

    @Override
    public void close() throws IOException {
        rack.close();
    }

    /** The server has just read the floppy; soon Ferric deletes it. */
    private void keepFloppy() {
        try {
            keep(MediaDevice.FLOPPY, files.floppy());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(MediaDevice device, Path file) throws IOException {
        Optional<String> url = node.ilo().state().bay(device).imageUrl();
        if (url.isPresent()) {
            try (InputStream in = URI.create(url.get()).toURL().openStream()) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private String notBooted() {
        List<ServerEvent> lines = node.server().console().lines();
        return "the server did not boot its instance; the last it said was: "
                + lines.get(lines.size() - 1).message();
    }
}
