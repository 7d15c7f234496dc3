package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloHardware.Cpu;
import io.ferric.lab.ilo.IloHardware.MemoryModule;
import io.ferric.lab.ilo.IloHardware.Nic;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Memory, processors, network ports and PCI devices of the server (ilo-protocols b.9). */
final class RedfishHardware {
    private static final String SYSTEM = "Systems/1";
    private static final String MEMORY = SYSTEM + "/Memory";
    private static final String PROCESSORS = SYSTEM + "/Processors";
    private static final String PORTS = SYSTEM + "/EthernetInterfaces";
    private static final String ADAPTERS = SYSTEM + "/NetworkAdapters";
    private static final String PCI = SYSTEM + "/PCIDevices";

    private final RedfishParts parts;
    private final RedfishKind kind;
    private final IloHardware inventory;

    RedfishHardware(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
        this.inventory = parts.state().hardware();
    }

    void addTo(RedfishTree tree) {
        addAll(
                tree,
                MEMORY,
                kind.generation() == 4 ? "HpMemory" : "Memory",
                inventory.memory().size(),
                this::memory);
        addAll(tree, PROCESSORS, "Processor", inventory.cpus().size(), this::processor);
        addAll(tree, PORTS, "EthernetInterface", inventory.nics().size(), this::port);
        addAll(tree, PCI, kind.oem() + "ServerPciDevice", inventory.nics().size(), this::pciDevice);
        if (kind.generation() == 4) {
            addAll(tree, ADAPTERS, "BaseNetworkAdapter", 1, number -> adapter());
        }
    }

    private void addAll(RedfishTree tree, String path, String type, int count, IntFunction<ObjectNode> member) {
        List<Integer> numbers = IntStream.rangeClosed(1, count).boxed().toList();
        tree.add(path, RestResource.of(view -> {
            ObjectNode collection = parts.collection(
                    path, type, numbers.stream().map(String::valueOf).toList());
            if (view.legacy() && path.equals(PCI)) {
                collection.set(
                        "Items", array(numbers.stream().map(member::apply).toList()));
            }
            return collection;
        }));
        numbers.forEach(number -> tree.add(path + "/" + number, RestResource.of(view -> member.apply(number))));
    }

    /** Writes summaries and links into the server's resource. */
    void show(ObjectNode system, ObjectNode oemLinks, RestView view) {
        ObjectNode healthy = object("HealthRollup", "OK");
        Cpu cpu = inventory.cpus().get(0);
        int gibibytes =
                inventory.memory().stream().mapToInt(MemoryModule::megabytes).sum() / 1024;
        int count = inventory.cpus().size();
        system.set("MemorySummary", object("TotalSystemMemoryGiB", gibibytes, "Status", healthy));
        system.set("ProcessorSummary", object("Count", count, "Model", cpu.name(), "Status", healthy));
        system.set("Processors", parts.to(PROCESSORS));
        (kind.generation() == 4 ? oemLinks : system).set("Memory", parts.to(MEMORY));
        (kind.generation() == 5 && !kind.atLeast("1.20") ? oemLinks : system)
                .set("EthernetInterfaces", parts.to(PORTS));
        if (kind.generation() == 4) {
            oemLinks.set("NetworkAdapters", parts.to(ADAPTERS));
        }
        oemLinks.set("PCIDevices", parts.to(PCI));
        if (view.legacy()) {
            system.set("Memory", object("TotalSystemMemoryGB", gibibytes, "Status", healthy));
            ObjectNode processors = system.withObject("/Processors");
            processors.put("Count", count).put("ProcessorFamily", cpu.name());
            system.set(
                    "HostCorrelation",
                    object(
                            "HostMACAddress",
                            inventory.nics().stream().map(Nic::mac).toList()));
        }
    }

    private ObjectNode memory(int number) {
        MemoryModule dimm = inventory.memory().get(number - 1);
        String slot = "PROC " + dimm.cpu() + " DIMM " + dimm.socket();
        ObjectNode memory = parts.resource(
                MEMORY + "/" + number, kind.generation() == 4 ? "HpMemory" : "Memory", "" + number, slot);
        memory.put("DeviceLocator", slot);
        memory.put(kind.generation() == 4 ? "SizeMB" : "CapacityMiB", dimm.megabytes());
        memory.put("MemoryType", "DRAM");
        memory.put("MemoryDeviceType", dimm.type());
        memory.set("Status", healthy());
        return memory;
    }

    private ObjectNode processor(int number) {
        Cpu cpu = inventory.cpus().get(number - 1);
        ObjectNode processor = parts.resource(PROCESSORS + "/" + number, "Processor", "" + number, "Processors");
        processor.put("Socket", "Proc " + number);
        processor.put("ProcessorType", "CPU");
        processor.put("ProcessorArchitecture", "x86");
        processor.put("InstructionSet", "x86-64");
        processor.put("Manufacturer", "Intel(R) Corporation");
        processor.put("Model", cpu.name());
        processor.put("MaxSpeedMHz", cpu.megahertz());
        processor.put("TotalCores", cpu.cores());
        processor.put("TotalThreads", cpu.threads());
        processor.set("Status", healthy());
        return processor;
    }

    private ObjectNode port(int number) {
        Nic nic = inventory.nics().get(number - 1);
        ObjectNode port =
                parts.resource(PORTS + "/" + number, "EthernetInterface", "" + number, "NIC.LOM.1." + nic.port());
        port.put("MACAddress", nic.mac());
        port.put("PermanentMACAddress", nic.mac());
        port.put("LinkStatus", number == 1 ? "LinkUp" : "LinkDown");
        port.put("SpeedMbps", 1000);
        port.put("UefiDevicePath", "PciRoot(0x0)/Pci(0x2," + Integer.toHexString(number) + ")");
        port.set("Status", healthy());
        return port;
    }

    private ObjectNode adapter() {
        ObjectNode adapter =
                parts.resource(ADAPTERS + "/1", "BaseNetworkAdapter", "1", "HP Ethernet 1Gb 4-port 331i Adapter - NIC");
        adapter.set(
                "PhysicalPorts",
                array(inventory.nics().stream()
                        .map(nic ->
                                object("MacAddress", nic.mac(), "Name", "NIC.LOM.1." + nic.port(), "Status", healthy()))
                        .toList()));
        adapter.set("Status", healthy());
        return adapter;
    }

    private ObjectNode pciDevice(int number) {
        ObjectNode device = parts.resource(
                PCI + "/" + number,
                kind.oem() + "ServerPciDevice",
                "" + number,
                kind.oem().toUpperCase(java.util.Locale.ROOT) + " Ethernet 1Gb 4-port 331i Adapter");
        device.put("ClassCode", 2);
        device.put("SubclassCode", 0);
        device.put("VendorID", 5348);
        device.put(
                "StructuredName",
                "NIC.LOM.1." + inventory.nics().get(number - 1).port());
        return device;
    }

    static ObjectNode healthy() {
        return object("Health", "OK", "State", "Enabled");
    }
}
