package io.ferric.cli;

import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.cli.terminal.ProgressMeter;
import io.ferric.conductor.ConductorListener;
import io.ferric.lab.ServerEvent;
import io.ferric.node.ProvisionState;
import io.ferric.node.Secret;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The deploys of one run of the lab: hardware, a real Ferric, and REST between them and us. */
final class LabDeploy implements AutoCloseable {
    private final LabPlan plan;
    private final ProgressMeter meter;
    private final TemporaryFolder state;
    private final LabRack rack;
    private final Ferric ferric;
    private final Map<String, LabStory> byName = new ConcurrentHashMap<>();
    private final Map<UUID, LabStory> byNode = new ConcurrentHashMap<>();

    private LabDeploy(LabPlan plan, ProgressMeter meter) throws IOException {
        this.plan = plan;
        this.meter = meter;
        this.state = TemporaryFolder.make("ferric-state-");
        if (plan.files().bootLoaderMissing()) {
            meter.line("lab", "no isolinux.bin or no GRUB on this machine: ISOs get a boot loader that only says so");
        }
        this.rack = LabRack.start(plan, this::heard);
        try {
            String token = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
            this.ferric = Ferric.builder()
                    .config(configuration())
                    .tokenSource(task -> Optional.of(Secret.of(token)))
                    .start();
        } catch (IOException | RuntimeException e) {
            rack.close();
            throw e;
        }
        ferric.conductor().listen(new Narrator());
        RestClient rest = new RestClient(ferric.restUri());
        rack.machines().forEach(machine -> byName.put(machine.name(), new LabStory(plan, machine, rest, meter)));
        meter.line(
                "lab",
                "conductor at " + ferric.restUri() + ", images at "
                        + ferric.imagesUri().orElseThrow());
    }

    static LabDeploy start(LabPlan plan, ProgressMeter meter) throws IOException {
        return new LabDeploy(plan, meter);
    }

    URI restUri() {
        return ferric.restUri();
    }

    /** Deploys all servers at once; one report each, in their order. */
    List<LabReport> run() throws IOException, InterruptedException {
        String sha256 = LabProof.sha256(plan.files().image());
        List<String> names = plan.hardware().names().toList();
        ExecutorService users = Executors.newFixedThreadPool(names.size());
        try {
            List<Future<LabReport>> running = new ArrayList<>();
            for (String name : names) {
                LabStory story = byName.get(name);
                Consumer<String> enrolled = node -> byNode.put(UUID.fromString(node), story);
                running.add(users.submit(() -> story.run(sha256, enrolled)));
            }
            return results(running);
        } finally {
            users.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        ferric.close();
        rack.close();
        state.close();
    }

    private FerricConfig configuration() {
        LabFiles files = plan.files();
        FerricConfig usual =
                FerricConfig.onLoopback(state.path(), files.folders()).withIsolinux(files.isolinux());
        FerricConfig config = files.grub().map(usual::withGrubEfi).orElse(usual);
        return plan.hardware().qemu() ? config.forVirtualMachines() : config;
    }

    /** Waits for all, so that none is cut off by another's failure. */
    private static List<LabReport> results(List<Future<LabReport>> running) throws IOException, InterruptedException {
        List<LabReport> reports = new ArrayList<>();
        Optional<Throwable> failure = Optional.empty();
        for (Future<LabReport> each : running) {
            try {
                reports.add(each.get());
            } catch (ExecutionException e) {
                failure = failure.or(() -> Optional.of(e.getCause()));
            }
        }
        if (failure.isPresent()) {
            throw rethrown(failure.get());
        }
        return reports;
    }

    private static IOException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException checked ? checked : new IOException(cause);
    }

    private void heard(String server, ServerEvent event) {
        byName.get(server).heard(event);
    }

    /** Tells what the conductor does. */
    private final class Narrator implements ConductorListener {
        @Override
        public void event(UUID node, String step, String message, Instant at) {
            story(node).ifPresent(story -> story.say(step, message));
        }

        @Override
        public void progress(UUID node, String step, long done, long total) {
            story(node).ifPresent(story -> story.progress(step, done, total));
        }

        @Override
        public void moved(UUID node, ProvisionState from, ProvisionState to, Instant at) {
            story(node).ifPresent(story -> story.say("state", from + " -> " + to));
        }

        private Optional<LabStory> story(UUID node) {
            return Optional.ofNullable(byNode.get(node));
        }
    }
}
