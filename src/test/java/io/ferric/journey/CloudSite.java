package io.ferric.journey;

import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One Ferric that asks Keystone who its callers are, and whose images are all in Glance. */
final class CloudSite implements AutoCloseable {
    private final Cloud cloud;
    private final PretendRack rack;
    private final Ferric ferric;
    private final Glance glance;

    /** UUIDs of what was put into Glance. */
    record Glance(String image, String deployIso) {}

    private CloudSite(Path folder, Cloud cloud, Map<String, Object> settings) throws IOException {
        this.cloud = cloud;
        Supplies supplies = Supplies.in(folder.resolve("files"));
        glance = fill(cloud, supplies);
        rack = PretendRack.in(folder.resolve("rack"));
        Map<String, Object> all = new TreeMap<>(settings);
        all.put("rest.auth_strategy", "keystone");
        all.put(
                "rest.keystone.projects",
                List.of(cloud.services().serviceProjectId(), cloud.services().demoProjectId()));
        supplies.ownLoader().ifPresent(file -> all.put("ilo.isolinux_bin", file.toString()));
        ferric = Ferric.builder()
                .config(FerricConfig.read(Datacenter.configuration(folder, all)))
                .start();
    }

    static CloudSite in(Path folder, Cloud cloud, Map<String, Object> settings) throws IOException {
        return new CloudSite(Files.createDirectories(folder), cloud, settings);
    }

    private static Glance fill(Cloud cloud, Supplies supplies) throws IOException {
        String kernel = cloud.image(supplies.file("vmlinuz"), Map.of("disk_format", "aki", "container_format", "aki"));
        String ramdisk = cloud.image(supplies.file("initrd"), Map.of("disk_format", "ari", "container_format", "ari"));
        return new Glance(
                cloud.image(supplies.image(), Map.of("kernel_id", kernel, "ramdisk_id", ramdisk)),
                cloud.image(supplies.file("deploy.iso"), Map.of("disk_format", "iso")));
    }

    Glance glance() {
        return glance;
    }

    /** The API without a token. */
    Rest rest() {
        return new Rest(ferric.restUri());
    }

    /** Racks a server and makes it available, by a caller of the API. */
    EnrolledNode enrol(Rest caller, String name, Consumer<ServerEvent> listener) throws IOException {
        EnrolledNode node = EnrolledNode.create(
                caller,
                Datacenter.hardware(rack, name, SimulatedIlo.builder(), listener),
                glance.deployIso(),
                Map.of("image_source", glance.image(), "root_gb", 1));
        node.becomesAvailable();
        return node;
    }

    Cloud cloud() {
        return cloud;
    }

    @Override
    public void close() throws IOException {
        ferric.close();
        rack.close();
    }
}
