package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RedfishHardware.healthy;
import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.RedfishInventory.Disk;
import io.ferric.lab.ilo.RedfishInventory.Volume;
import java.util.List;
import java.util.stream.IntStream;

/** Controllers and disks: the maker's SmartStorage up to iLO 5, the standard Storage from iLO 6 (ilo-protocols b.9). */
final class RedfishStorage {
    private static final String SMART = "Systems/1/SmartStorage";
    private static final String CONTROLLERS = SMART + "/ArrayControllers";
    private static final String CONTROLLER = CONTROLLERS + "/0";
    private static final String STORAGE = "Systems/1/Storage";
    private static final String UNIT = STORAGE + "/DE00A000";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final RedfishInventory inventory;

    RedfishStorage(RedfishParts parts, RedfishInventory inventory) {
        this.parts = parts;
        this.kind = parts.kind();
        this.inventory = inventory;
    }

    private boolean smart() {
        return kind.generation() < 6;
    }

    void addTo(RedfishTree tree) {
        if (smart()) {
            addSmart(tree);
        }
        if (kind.generation() > 4) {
            List<String> units = smart() ? List.of() : List.of("DE00A000");
            tree.add(STORAGE, RestResource.of(view -> parts.collection(STORAGE, "Storage", units)));
        }
        if (!smart()) {
            addStandard(tree);
        }
    }

    /** Writes the links into the server's resource. */
    void show(ObjectNode system, ObjectNode oemLinks) {
        if (smart()) {
            oemLinks.set("SmartStorage", parts.to(SMART));
        }
        if (kind.generation() > 4) {
            system.set("Storage", parts.to(STORAGE));
        }
    }

    private void addSmart(RedfishTree tree) {
        tree.add(SMART, RestResource.of(view -> links(SMART, "", "ArrayControllers")));
        tree.add(CONTROLLERS, RestResource.of(view -> collection(CONTROLLERS, "ArrayController", 0, 1)));
        tree.add(CONTROLLER, RestResource.of(view -> {
            ObjectNode controller = links(CONTROLLER, "ArrayController", "LogicalDrives", "PhysicalDrives");
            controller.put(
                    "Model",
                    kind.generation() == 4 ? "HP Smart Array P440ar Controller" : "HPE Smart Array P408i-a SR Gen10");
            controller.put("Location", "Slot 0");
            controller.put("CurrentOperatingMode", "RAID");
            return controller;
        }));
        String disks = CONTROLLER + "/DiskDrives";
        String volumes = CONTROLLER + "/LogicalDrives";
        tree.add(
                disks,
                RestResource.of(view ->
                        collection(disks, "DiskDrive", 0, inventory.disks().size())));
        tree.add(
                volumes,
                RestResource.of(view -> collection(
                        volumes, "LogicalDrive", 1, inventory.volumes().size())));
        for (int i = 0; i < inventory.disks().size(); i++) {
            String id = "" + i;
            Disk disk = inventory.disks().get(i);
            tree.add(disks + "/" + id, RestResource.of(view -> smartDisk(disks, id, disk)));
        }
        for (int i = 0; i < inventory.volumes().size(); i++) {
            String id = "" + (i + 1);
            Volume volume = inventory.volumes().get(i);
            tree.add(volumes + "/" + id, RestResource.of(view -> smartVolume(volumes, id, volume)));
        }
    }

    private String type(String name) {
        return kind.oem() + "SmartStorage" + name;
    }

    private ObjectNode links(String path, String type, String... names) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        ObjectNode node = parts.resource(path, type(type), id, type(type));
        ObjectNode links = node.putObject("Links");
        for (String name : names) {
            links.set(name, parts.to(path + "/" + name.replace("PhysicalDrives", "DiskDrives")));
        }
        node.set("Status", healthy());
        return node;
    }

    private ObjectNode collection(String path, String type, int first, int count) {
        return parts.collection(
                path,
                type(type),
                IntStream.range(first, first + count)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private ObjectNode smartDisk(String path, String id, Disk disk) {
        ObjectNode node = parts.resource(path + "/" + id, type("DiskDrive"), id, type("DiskDrive"));
        node.put("CapacityMiB", disk.gib() * 1024);
        node.put("CapacityGB", Math.round(disk.gib() * 1.073741824));
        node.put("InterfaceType", "SAS");
        node.put("Location", disk.location());
        node.put("MediaType", disk.mediaType());
        node.put("Model", disk.model());
        node.put("SerialNumber", disk.serial());
        node.put("RotationalSpeedRpm", disk.rpm());
        node.set("Status", healthy());
        return node;
    }

    private ObjectNode smartVolume(String path, String id, Volume volume) {
        ObjectNode node = parts.resource(path + "/" + id, type("LogicalDrive"), id, type("LogicalDrive"));
        node.put("CapacityMiB", volume.gib() * 1024);
        node.put("LogicalDriveNumber", Integer.parseInt(id));
        node.put("LogicalDriveType", "Data");
        node.put("Raid", volume.raid());
        node.put("VolumeUniqueIdentifier", "600508B1001CC8A5FF549462C7B8412" + id);
        node.set("Status", healthy());
        return node;
    }

    private void addStandard(RedfishTree tree) {
        List<String> disks = IntStream.range(0, inventory.disks().size())
                .mapToObj(i -> UNIT + "/Drives/" + i)
                .toList();
        String volumes = UNIT + "/Volumes";
        tree.add(UNIT, RestResource.of(view -> {
            ObjectNode unit = parts.resource(UNIT, "Storage", "DE00A000", "HPE MR408i-o Gen11");
            unit.set("Drives", array(disks.stream().map(parts::to).toList()));
            unit.set("Volumes", parts.to(volumes));
            unit.set("StorageControllers", array(List.of(object("MemberId", "0", "Model", "HPE MR408i-o Gen11"))));
            unit.set("Status", healthy());
            return unit;
        }));
        for (int i = 0; i < disks.size(); i++) {
            Disk disk = inventory.disks().get(i);
            String path = disks.get(i);
            tree.add(path, RestResource.of(view -> drive(path, disk)));
        }
        tree.add(
                volumes,
                RestResource.of(view -> parts.collection(
                        volumes,
                        "Volume",
                        IntStream.rangeClosed(1, inventory.volumes().size())
                                .mapToObj(Integer::toString)
                                .toList())));
        for (int i = 0; i < inventory.volumes().size(); i++) {
            String id = "" + (i + 1);
            Volume volume = inventory.volumes().get(i);
            tree.add(volumes + "/" + id, RestResource.of(view -> volume(volumes, id, volume)));
        }
    }

    private ObjectNode drive(String path, Disk disk) {
        ObjectNode node = parts.resource(path, "Drive", path.substring(path.lastIndexOf('/') + 1), "Drive");
        node.put("CapacityBytes", (long) disk.gib() << 30);
        node.put("MediaType", disk.mediaType());
        node.put("Protocol", "SAS");
        node.put("Model", disk.model());
        node.put("SerialNumber", disk.serial());
        if (disk.rpm() > 0) {
            node.put("RotationSpeedRPM", disk.rpm());
        }
        node.set("Status", healthy());
        return node;
    }

    private ObjectNode volume(String path, String id, Volume volume) {
        ObjectNode node = parts.resource(path + "/" + id, "Volume", id, "Logical Drive " + id);
        node.put("CapacityBytes", (long) volume.gib() << 30);
        node.put("RAIDType", "RAID" + volume.raid());
        node.set("Status", healthy());
        return node;
    }
}
