package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RedfishHardware.healthy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloHardware.Disk;
import io.ferric.lab.ilo.IloHardware.LogicalDrive;
import java.util.List;
import java.util.stream.IntStream;

/** The maker's own storage tree of iLO 4 and 5: array controllers, their disks and logical drives. */
final class RedfishSmartStorage {
    static final int RPM = 10_000;
    private static final String PATH = "Systems/1/SmartStorage";
    private static final String CONTROLLERS = PATH + "/ArrayControllers";
    private static final String CONTROLLER = CONTROLLERS + "/0";
    private static final String DISKS = CONTROLLER + "/DiskDrives";
    private static final String VOLUMES = CONTROLLER + "/LogicalDrives";
    private static final double GIB_IN_GB = 1.073741824;

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final List<LogicalDrive> volumes;
    private final List<Disk> disks;

    RedfishSmartStorage(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.volumes = parts.state().hardware().logicalDrives();
        this.disks = volumes.stream().flatMap(each -> each.disks().stream()).toList();
    }

    void addTo(RedfishTree tree) {
        if (!kind.smartStorage()) {
            return;
        }
        List<String> diskIds =
                IntStream.range(0, disks.size()).mapToObj(Integer::toString).toList();
        List<String> volumeIds =
                volumes.stream().map(volume -> "" + volume.number()).toList();
        tree.add(PATH, RestResource.of(view -> unit(PATH, "", "ArrayControllers")));
        tree.add(
                CONTROLLERS,
                RestResource.of(view -> parts.collection(CONTROLLERS, type("ArrayController"), List.of("0"))));
        tree.add(CONTROLLER, RestResource.of(view -> controller()));
        tree.add(DISKS, RestResource.of(view -> parts.collection(DISKS, type("DiskDrive"), diskIds)));
        tree.add(VOLUMES, RestResource.of(view -> parts.collection(VOLUMES, type("LogicalDrive"), volumeIds)));
        diskIds.forEach(
                id -> tree.add(DISKS + "/" + id, RestResource.of(view -> disk(id, disks.get(Integer.parseInt(id))))));
        volumes.forEach(volume -> tree.add(VOLUMES + "/" + volume.number(), RestResource.of(view -> volume(volume))));
    }

    /** Writes the link into the server's resource. */
    void show(ObjectNode oemLinks) {
        if (kind.smartStorage()) {
            oemLinks.set("SmartStorage", parts.to(PATH));
        }
    }

    private String type(String name) {
        return kind.oem() + "SmartStorage" + name;
    }

    private ObjectNode unit(String path, String type, String... names) {
        ObjectNode node = parts.resource(path, type(type), path.equals(PATH) ? "1" : "0", type(type));
        ObjectNode links = node.putObject("Links");
        for (String name : names) {
            links.set(name, parts.to(path + "/" + name.replace("PhysicalDrives", "DiskDrives")));
        }
        node.set("Status", healthy());
        return node;
    }

    private ObjectNode controller() {
        ObjectNode controller = unit(CONTROLLER, "ArrayController", "LogicalDrives", "PhysicalDrives");
        controller.put(
                "Model",
                kind.generation() == 4 ? "HP Smart Array P440ar Controller" : "HPE Smart Array P408i-a SR Gen10");
        controller.put("Location", "Slot 0");
        controller.put("CurrentOperatingMode", "RAID");
        return controller;
    }

    private ObjectNode disk(String id, Disk disk) {
        ObjectNode node = parts.resource(DISKS + "/" + id, type("DiskDrive"), id, type("DiskDrive"));
        node.put("CapacityMiB", disk.gibibytes() * 1024);
        node.put("CapacityGB", Math.round(disk.gibibytes() * GIB_IN_GB));
        node.put("InterfaceType", "SAS");
        node.put("Location", disk.location());
        node.put("MediaType", disk.solidState() ? "SSD" : "HDD");
        node.put("Model", disk.model());
        node.put("SerialNumber", disk.serial());
        node.put("RotationalSpeedRpm", disk.solidState() ? 0 : RPM);
        node.set("Status", healthy());
        return node;
    }

    private ObjectNode volume(LogicalDrive volume) {
        String id = "" + volume.number();
        ObjectNode node = parts.resource(VOLUMES + "/" + id, type("LogicalDrive"), id, type("LogicalDrive"));
        node.put("CapacityMiB", volume.gibibytes() * 1024);
        node.put("LogicalDriveNumber", volume.number());
        node.put("LogicalDriveType", "Data");
        node.put("Raid", volume.raid().replace("RAID ", ""));
        node.put("VolumeUniqueIdentifier", "600508B1001CC8A5FF549462C7B8412" + id);
        node.set("Status", healthy());
        return node;
    }
}
