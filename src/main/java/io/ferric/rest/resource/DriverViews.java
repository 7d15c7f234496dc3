package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.ConductorInfo;
import io.ferric.driver.Driver;
import io.ferric.driver.InterfaceNames;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.DriverData;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Shows drivers to one request. */
final class DriverViews {
    /** The microversions since which there are these kinds of interface. Source: Ironic's API history. */
    private static final Map<String, Integer> KIND_SINCE =
            Map.of("storage", 33, "rescue", 38, "bios", 40, "firmware", 86);

    /** What Ironic calls the properties of a logical disk. */
    static final Map<String, String> LOGICAL_DISK = Map.ofEntries(
            Map.entry("size_gb", "Size in GiB, or MAX for all that is left. Required."),
            Map.entry("raid_level", "JBOD, 0, 1, 2, 5, 6, 1+0, 5+0 or 6+0. Required."),
            Map.entry("is_root_volume", "Whether the operating system goes onto it; true for at most one. Optional."),
            Map.entry("volume_name", "A name for it; one is made when there is none. Optional."),
            Map.entry("share_physical_disks", "Whether other logical disks may be on its physical disks. Optional."),
            Map.entry("disk_type", "hdd or ssd. Optional."),
            Map.entry("interface_type", "sata, scsi or sas. Optional."),
            Map.entry("number_of_physical_disks", "How many physical disks to use. Optional."),
            Map.entry("controller", "The name of the RAID controller. Optional."),
            Map.entry("physical_disks", "The physical disks to use, as the controller names them. Optional."));

    private final List<ConductorInfo> conductors;
    private final Call call;

    DriverViews(List<ConductorInfo> conductors, Call call) {
        this.conductors = conductors;
        this.call = call;
    }

    /** @param fields those asked for; all when empty */
    ObjectNode of(Driver driver, boolean detail, List<String> fields) {
        ObjectNode shown = Fields.all(call.version(), DriverData.class).of(view(driver, call.links()));
        if (detail || !fields.isEmpty()) {
            InterfaceNames.KINDS.stream()
                    .filter(kind -> call.version().has(KIND_SINCE.getOrDefault(kind, 1)))
                    .forEach(kind -> add(shown, kind, driver.interfaces()));
        }
        return fields.isEmpty() ? shown : only(shown, fields);
    }

    private static void add(ObjectNode shown, String kind, InterfaceNames names) {
        shown.put("default_" + kind + "_interface", names.first(kind).orElse(null));
        names.of(kind).forEach(shown.putArray("enabled_" + kind + "_interfaces")::add);
    }

    private static ObjectNode only(ObjectNode shown, List<String> fields) {
        Set<String> known = new TreeSet<>();
        shown.fieldNames().forEachRemaining(known::add);
        Set<String> unknown = new LinkedHashSet<>(fields);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw RequestRefused.invalid(
                    "Unknown in fields: " + String.join(", ", unknown), "There are " + String.join(", ", known) + ".");
        }
        return shown.retain(fields);
    }

    private DriverData view(Driver driver, Links links) {
        List<String> hosts = conductors.stream()
                .filter(each -> each.alive() && each.drivers().contains(driver.name()))
                .map(ConductorInfo::host)
                .toList();
        return new DriverData(
                driver.name(),
                "dynamic",
                hosts,
                links.pair("drivers", driver.name()),
                links.pair("drivers", driver.name(), "properties"));
    }
}
