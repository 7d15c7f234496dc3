package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Inventory.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A server's disks: HPE's SmartStorage, and Storage of the standard. Controllers may show in both; then what SmartStorage
 * tells counts. Physical drives count where there is no logical one.
 */
final class RedfishDisks {
    private RedfishDisks() {}

    static List<Disk> of(RedfishTalk talk, Resource system) throws IOException {
        List<Disk> smart = smartStorage(talk, system);
        return smart.isEmpty() ? storage(talk, system) : smart;
    }

    private static List<Disk> smartStorage(RedfishTalk talk, Resource system) throws IOException {
        Optional<String> place = Parts.place("SmartStorage", system.oem("Links"), system.oem("links"));
        if (place.isEmpty()) {
            return List.of();
        }
        List<Disk> disks = new ArrayList<>();
        Json storage = talk.get(place.get()).json();
        for (Json controller : members(talk, storage, "ArrayControllers")) {
            List<Disk> logical = disks(members(talk, controller, "LogicalDrives"), true);
            disks.addAll(
                    logical.isEmpty()
                            ? disks(members(talk, controller, "PhysicalDrives", "DiskDrives"), false)
                            : logical);
        }
        return disks;
    }

    /** Linked at the top or below Links, by one of several names. */
    private static List<Json> members(RedfishTalk talk, Json owner, String... names) throws IOException {
        for (String name : names) {
            Optional<String> place = Parts.place(name, owner, owner.at("Links"), owner.at("links"));
            if (place.isPresent()) {
                return Parts.members(talk, place.get());
            }
        }
        return List.of();
    }

    private static List<Disk> storage(RedfishTalk talk, Resource system) throws IOException {
        List<Disk> disks = new ArrayList<>();
        for (Json each : Parts.members(talk, system.json(), "Storage")) {
            List<Disk> volumes = disks(Parts.members(talk, each, "Volumes"), true);
            disks.addAll(volumes.isEmpty() ? disks(drives(talk, each), false) : volumes);
        }
        return disks;
    }

    private static List<Json> drives(RedfishTalk talk, Json storage) throws IOException {
        Set<String> paths = new LinkedHashSet<>();
        for (Json each : storage.items("Drives")) {
            paths.add(talk.target(each));
        }
        List<Json> drives = new ArrayList<>();
        for (String each : paths) {
            drives.add(talk.get(each).json());
        }
        return drives;
    }

    private static List<Disk> disks(List<Json> drives, boolean logical) {
        List<Disk> disks = new ArrayList<>();
        for (Json each : drives) {
            OptionalLong gib = gib(each);
            if (gib.isPresent() && gib.getAsLong() >= 0) {
                String name = each.text("LogicalDriveName")
                        .or(() -> each.text("Name"))
                        .or(() -> each.text("Location"))
                        .or(() -> each.text("Id"))
                        .orElse("Disk " + (disks.size() + 1));
                disks.add(new Disk(name, logical, gib.getAsLong(), each.text("MediaType"), Status.of(each)));
            }
        }
        return disks;
    }

    private static OptionalLong gib(Json drive) {
        if (drive.number("CapacityMiB").isPresent()) {
            return OptionalLong.of(drive.number("CapacityMiB").getAsLong() / 1024);
        }
        if (drive.number("CapacityBytes").isPresent()) {
            return OptionalLong.of(drive.number("CapacityBytes").getAsLong() >> 30);
        }
        OptionalDouble decimal = drive.decimal("CapacityGB");
        return decimal.isPresent()
                ? OptionalLong.of((long) (decimal.getAsDouble() * 1_000_000_000L / (1L << 30)))
                : OptionalLong.empty();
    }
}
