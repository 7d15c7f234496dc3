package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RedfishHardware.healthy;
import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloHardware.Disk;
import io.ferric.lab.ilo.IloHardware.LogicalDrive;
import java.util.List;
import java.util.stream.IntStream;

/** The standard storage tree: from iLO 6 on with the disks in it, in iLO 5 empty beside {@link RedfishSmartStorage}. */
final class RedfishStorage {
    private static final String PATH = "Systems/1/Storage";
    private static final String NAME = "DE00A000";
    private static final String UNIT = PATH + "/" + NAME;
    private static final String VOLUMES = UNIT + "/Volumes";
    private static final String MODEL = "HPE MR408i-o Gen11";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final List<LogicalDrive> volumes;
    private final List<Disk> disks;

    RedfishStorage(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.volumes = parts.state().hardware().logicalDrives();
        this.disks = volumes.stream().flatMap(each -> each.disks().stream()).toList();
    }

    void addTo(RedfishTree tree) {
        if (kind.generation() < 5) {
            return;
        }
        List<String> units = kind.smartStorage() ? List.of() : List.of(NAME);
        tree.add(PATH, RestResource.of(view -> parts.collection(PATH, "Storage", units)));
        if (!units.isEmpty()) {
            addUnit(tree);
        }
    }

    /** Writes the link into the server's resource. */
    void show(ObjectNode system) {
        if (kind.generation() >= 5) {
            system.set("Storage", parts.to(PATH));
        }
    }

    private void addUnit(RedfishTree tree) {
        List<String> drives = IntStream.range(0, disks.size())
                .mapToObj(i -> UNIT + "/Drives/" + i)
                .toList();
        List<String> ids = volumes.stream().map(volume -> "" + volume.number()).toList();
        tree.add(UNIT, RestResource.of(view -> unit(drives)));
        tree.add(VOLUMES, RestResource.of(view -> parts.collection(VOLUMES, "Volume", ids)));
        IntStream.range(0, disks.size())
                .forEach(i -> tree.add(drives.get(i), RestResource.of(view -> drive(drives.get(i), disks.get(i)))));
        volumes.forEach(volume -> tree.add(VOLUMES + "/" + volume.number(), RestResource.of(view -> volume(volume))));
    }

    private ObjectNode unit(List<String> drives) {
        ObjectNode unit = parts.resource(UNIT, "Storage", NAME, MODEL);
        unit.set("Drives", array(drives.stream().map(parts::to).toList()));
        unit.set("Drives@odata.count", array(drives).numberNode(drives.size()));
        unit.set("Volumes", parts.to(VOLUMES));
        unit.set(
                "StorageControllers",
                array(List.of(object("MemberId", "0", "Name", MODEL, "Model", MODEL, "Status", healthy()))));
        unit.set("Status", healthy());
        return unit;
    }

    private ObjectNode drive(String path, Disk disk) {
        ObjectNode node = parts.resource(path, "Drive", path.substring(path.lastIndexOf('/') + 1), "Drive");
        node.put("CapacityBytes", (long) disk.gibibytes() << 30);
        node.put("MediaType", disk.solidState() ? "SSD" : "HDD");
        node.put("Protocol", "SAS");
        node.put("Model", disk.model());
        node.put("SerialNumber", disk.serial());
        if (!disk.solidState()) {
            node.put("RotationSpeedRPM", RedfishSmartStorage.RPM);
        }
        node.set("Status", healthy());
        return node;
    }

    private ObjectNode volume(LogicalDrive volume) {
        String id = "" + volume.number();
        ObjectNode node = parts.resource(VOLUMES + "/" + id, "Volume", id, "Logical Drive " + id);
        node.put("CapacityBytes", (long) volume.gibibytes() << 30);
        node.put("RAIDType", volume.raid().replace(" ", ""));
        node.set("Status", healthy());
        return node;
    }
}
