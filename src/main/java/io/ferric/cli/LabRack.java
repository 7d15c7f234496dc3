package io.ferric.cli;

import io.ferric.lab.LabNode;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.lab.qemu.VirtualRack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The hardware of a lab: a rack of pretend servers or of virtual machines. */
final class LabRack implements AutoCloseable {
    private final LabPlan plan;
    private final BiConsumer<String, ServerEvent> listener;
    private final AutoCloseable rack;
    private final Map<String, LabMachine> machines = new ConcurrentHashMap<>();

    private LabRack(LabPlan plan, BiConsumer<String, ServerEvent> listener) throws IOException {
        this.plan = plan;
        this.listener = listener;
        List<String> names = plan.hardware().names().toList();
        if (plan.hardware().qemu()) {
            VirtualRack virtual = VirtualRack.in(plan.files().folder());
            this.rack = virtual;
            fill(
                    names,
                    name -> virtual.add(name, plan.diskBytes(), ilo(name), settings -> settings.bus(
                                    plan.hardware().bus())
                            .disk(plan.files().disk(name))
                            .upWhen(plan.hardware().upWhen())
                            .listener(hears(name))));
        } else {
            PretendRack pretend = PretendRack.in(plan.files().folder());
            this.rack = pretend;
            fill(
                    names,
                    name -> pretend.add(name, plan.diskBytes(), ilo(name), settings -> settings.listener(hears(name))));
        }
    }

    /** @param listener hears the server's name and what it does */
    static LabRack start(LabPlan plan, BiConsumer<String, ServerEvent> listener) throws IOException {
        return new LabRack(plan, listener);
    }

    /** The servers, by name. */
    List<LabMachine> machines() {
        return plan.hardware().names().map(machines::get).toList();
    }

    @Override
    public void close() throws IOException {
        try {
            rack.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private interface Racking {
        LabNode add(String name) throws IOException;
    }

    private void fill(List<String> names, Racking racking) throws IOException {
        try {
            for (String name : names) {
                machines.put(name, new LabMachine(racking.add(name), plan));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** In the other boot mode than the one wanted, so that it is Ferric who sets it. */
    private SimulatedIlo.Builder ilo(String name) {
        return SimulatedIlo.builder()
                .serial("CZ%08X".formatted(name.hashCode()))
                .bootMode(plan.hardware().firmware().other().mode())
                .powerDelays(Duration.ofMillis(300), Duration.ofMillis(200));
    }

    private Consumer<ServerEvent> hears(String name) {
        return event -> {
            listener.accept(name, event);
            if (event.stage() == Stage.LOADED) {
                keepFloppy(machines.get(name));
            }
        };
    }

    private static void keepFloppy(LabMachine machine) {
        try {
            machine.keepFloppy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
