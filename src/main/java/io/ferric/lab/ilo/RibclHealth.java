package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RibclXml.element;
import static io.ferric.lab.ilo.RibclXml.flat;
import static io.ferric.lab.ilo.RibclXml.join;
import static io.ferric.lab.ilo.RibclXml.value;

import io.ferric.lab.ilo.IloHardware.Disk;
import io.ferric.lab.ilo.IloHardware.LogicalDrive;
import io.ferric.lab.ilo.IloHardware.MemoryModule;
import io.ferric.lab.ilo.IloHardware.Nic;
import io.ferric.lab.ilo.IloHardware.PowerSupply;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What GET_EMBEDDED_HEALTH shows (ilo-protocols a.5): on an iLO 3 with the layouts and the misspelling of its time, from
 * iLO 4 on with those of Gen8.
 */
final class RibclHealth {
    private static final int SOCKETS_A_CPU = 12;

    private final IloState state;
    private final IloHardware hardware;
    private final IloIdentity identity;
    private final IloProfile profile;

    RibclHealth(IloState state, IloIdentity identity, IloProfile profile) {
        this.state = state;
        this.hardware = state.hardware();
        this.identity = identity;
        this.profile = profile;
    }

    private boolean old() {
        return profile.generation() == 3;
    }

    String show() {
        return element(
                "GET_EMBEDDED_HEALTH_DATA",
                fans(),
                temperatures(),
                powerSupplies(),
                element("PROCESSORS", processors()),
                element("MEMORY", old() ? memoryOfG7() : memory()),
                element(old() ? "NIC_INFOMATION" : "NIC_INFORMATION", nics()),
                old() ? drives() : storage(),
                firmware(),
                glance());
    }

    private String fans() {
        return element(
                "FANS",
                join(hardware.fans().stream()
                        .map(fan -> element(
                                "FAN",
                                value("ZONE", fan.zone()),
                                value("LABEL", fan.label()),
                                value("STATUS", "OK"),
                                value("SPEED", on() ? fan.percent() : 0, "Percentage")))));
    }

    private boolean on() {
        return state.power() == IloState.Power.ON;
    }

    private String temperatures() {
        return element(
                "TEMPERATURE",
                join(hardware.temperatures().stream()
                        .map(each -> element(
                                "TEMP",
                                value("LABEL", each.label()),
                                value("LOCATION", each.location()),
                                value("STATUS", "OK"),
                                value("CURRENTREADING", each.celsius(), "Celsius"),
                                value("CAUTION", each.caution(), "Celsius"),
                                value("CRITICAL", each.critical(), "Celsius")))));
    }

    private String powerSupplies() {
        String summary = element(
                "POWER_SUPPLY_SUMMARY",
                value("PRESENT_POWER_READING", watts() + " Watts"),
                value("POWER_SYSTEM_REDUNDANCY", "Redundant"),
                value("HIGH_EFFICIENCY_MODE", "Balanced"));
        return element(
                "POWER_SUPPLIES",
                summary,
                join(hardware.powerSupplies().stream().map(this::supply)));
    }

    private String supply(PowerSupply supply) {
        return element(
                "SUPPLY",
                value("LABEL", supply.label()),
                value("PRESENT", "Yes"),
                value("STATUS", "Good, In Use"),
                value("MODEL", supply.model()),
                value("SERIAL_NUMBER", supply.serial()),
                value("CAPACITY", supply.capacity() + " Watts"));
    }

    /** What all supplies give together; an off server still feeds its iLO. */
    int watts() {
        return on()
                ? hardware.powerSupplies().stream()
                        .mapToInt(PowerSupply::output)
                        .sum()
                : 12;
    }

    private String processors() {
        return join(hardware.cpus().stream()
                .map(cpu -> element(
                        "PROCESSOR",
                        value("LABEL", "Proc " + cpu.socket()),
                        value("NAME", cpu.name()),
                        value("STATUS", "OK"),
                        value("SPEED", cpu.megahertz() + " MHz"),
                        value(
                                "EXECUTION_TECHNOLOGY",
                                cpu.cores() + "/" + cpu.cores() + " cores; " + cpu.threads() + " threads"),
                        value("MEMORY_TECHNOLOGY", "64-bit Capable"))));
    }

    private String memoryOfG7() {
        Stream<String> modules = hardware.memory().stream()
                .map(module -> component(module, module.megabytes() + " MB", module.megahertz() + " MHz"));
        MemoryModule empty = new MemoryModule(1, 2, "", 0, 0, "");
        return element(
                "MEMORY_COMPONENTS", join(Stream.concat(modules, Stream.of(component(empty, "Not Installed", "N/A")))));
    }

    private static String component(MemoryModule module, String size, String speed) {
        return element(
                "MEMORY_COMPONENT",
                value("MEMORY_LOCATION", "PROC " + module.cpu() + " DIMM " + module.socket()),
                value("MEMORY_SIZE", size),
                value("MEMORY_SPEED", speed));
    }

    private String memory() {
        List<Integer> sockets =
                hardware.cpus().stream().map(IloHardware.Cpu::socket).toList();
        return element(
                        "ADVANCED_MEMORY_PROTECTION",
                        value("AMP_MODE_STATUS", "Advanced ECC"),
                        value("CONFIGURED_AMP_MODE", "Advanced ECC"),
                        value("AVAILABLE_AMP_MODES", "On-line Spare, Advanced ECC"))
                + element("MEMORY_DETAILS_SUMMARY", join(sockets.stream().map(this::memoryOf)))
                + element("MEMORY_DETAILS", join(hardware.memory().stream().map(RibclHealth::module)));
    }

    private String memoryOf(int cpu) {
        List<MemoryModule> modules =
                hardware.memory().stream().filter(module -> module.cpu() == cpu).toList();
        int total = modules.stream().mapToInt(MemoryModule::megabytes).sum();
        return element(
                "CPU_" + cpu,
                value("NUMBER_OF_SOCKETS", SOCKETS_A_CPU),
                value("TOTAL_MEMORY_SIZE", total == 0 ? "N/A" : total / 1024 + " GB"),
                value("OPERATING_FREQUENCY", total == 0 ? "N/A" : modules.get(0).megahertz() + " MHz"),
                value("OPERATING_VOLTAGE", total == 0 ? "N/A" : "1.20 v"));
    }

    private static String module(MemoryModule module) {
        return element(
                "CPU_" + module.cpu(),
                value("SOCKET", module.socket()),
                value("STATUS", "Good, In Use"),
                value("HP_SMART_MEMORY", "Yes"),
                value("PART", "NUMBER " + module.partNumber()),
                value("TYPE", "DIMM " + module.type()),
                value("SIZE", module.megabytes() + " MB"),
                value("FREQUENCY", module.megahertz() + " MHz"),
                value("RANKS", 2));
    }

    private String nics() {
        Nic own = new Nic(
                0,
                "Embedded",
                "iLO Dedicated Network Port",
                hardware.nics().get(0).mac().replaceFirst("..$", "00"));
        return (old() ? "" : nic("iLO", "iLO Dedicated Network Port", own))
                + join(hardware.nics().stream().map(nic -> nic("NIC", "Port " + nic.port(), nic)));
    }

    private static String nic(String tag, String port, Nic nic) {
        return element(
                tag,
                value("NETWORK_PORT", port),
                value("PORT_DESCRIPTION", nic.description()),
                value("LOCATION", nic.location()),
                value("MAC_ADDRESS", nic.mac()),
                value("IP_ADDRESS", "N/A"),
                value("STATUS", "OK"));
    }

    private String drives() {
        StringBuilder bays = new StringBuilder(value("FIRMWARE_VERSION", "1.16") + value("ENCLOSURE_ADDR", 224));
        List<Disk> disks = hardware.logicalDrives().stream()
                .flatMap(drive -> drive.disks().stream())
                .toList();
        IntStream.range(0, disks.size()).forEach(i -> bays.append(value("DRIVE_BAY", i + 1))
                .append(value("PRODUCT_ID", disks.get(i).model()))
                .append(value("STATUS", "Ok"))
                .append(value("UID_LED", "Off")));
        return element("DRIVES", element("BACKPLANE", bays.toString()));
    }

    /** What the RAID controller has is not known before the self-test is over. */
    private String storage() {
        boolean complete = state.post() == IloState.Post.FINISHED;
        String controller = element(
                "CONTROLLER",
                value("LABEL", "Controller on System Board"),
                value("STATUS", "OK"),
                value("CONTROLLER_STATUS", "OK"),
                value("SERIAL_NUMBER", "PDNLH0BRH8U00Y"),
                value("MODEL", "Smart Array P440ar Controller"),
                value("FW_VERSION", "4.52"),
                join(hardware.logicalDrives().stream().map(RibclHealth::logicalDrive)));
        return element(
                "STORAGE",
                element("DISCOVERY_STATUS", value("STATUS", complete ? "Discovery Complete" : "Discovery Incomplete")),
                controller);
    }

    private static String logicalDrive(LogicalDrive drive) {
        return element(
                "LOGICAL_DRIVE",
                value("LABEL", "%02d".formatted(drive.number())),
                value("STATUS", "OK"),
                value("CAPACITY", drive.gibibytes() + " GB"),
                value("FAULT_TOLERANCE", drive.raid()),
                value("LOGICAL_DRIVE_TYPE", "Data LUN"),
                value("ENCRYPTION_STATUS", "Not Encrypted"),
                join(drive.disks().stream().map(RibclHealth::disk)));
    }

    private static String disk(Disk disk) {
        return element(
                "PHYSICAL_DRIVE",
                value(
                        "LABEL",
                        "Port " + disk.location().replaceFirst(":", " Box ").replaceFirst(":", " Bay ")),
                value("STATUS", "OK"),
                value("SERIAL_NUMBER", disk.serial()),
                value("MODEL", disk.model()),
                value("CAPACITY", disk.gibibytes() + " GB"),
                value("MARKETING_CAPACITY", "600 GB"),
                value(
                        "LOCATION",
                        "Port " + disk.location().replaceFirst(":", " Box ").replaceFirst(":", " Bay ")),
                value("FW_VERSION", "HPD5"),
                value("DRIVE_CONFIGURATION", "Configured"),
                value("MEDIA_TYPE", disk.solidState() ? "SSD" : "HDD"));
    }

    private String firmware() {
        String rom = profile.generation() < 5 ? "HP ProLiant System ROM" : "System ROM";
        String date = profile.generation() < 5 ? " Sep 23 2016" : " Feb 09 2023";
        return element(
                "FIRMWARE_INFORMATION",
                firmware(1, rom, hardware.rom()),
                firmware(2, "iLO", identity.firmware() + date),
                firmware(3, "Smart Array P440ar Controller".toUpperCase(Locale.ROOT), "4.52"));
    }

    private static String firmware(int index, String name, String version) {
        return element("INDEX_" + index, value("FIRMWARE_NAME", name), value("FIRMWARE_VERSION", version));
    }

    /** Fans and supplies come twice: for their state and for their redundancy. */
    private static String glance() {
        return element(
                "HEALTH_AT_A_GLANCE",
                flat("BIOS_HARDWARE", "STATUS", "OK"),
                flat("FANS", "STATUS", "OK"),
                flat("FANS", "REDUNDANCY", "Redundant"),
                flat("TEMPERATURE", "STATUS", "OK"),
                flat("POWER_SUPPLIES", "STATUS", "OK"),
                flat("POWER_SUPPLIES", "REDUNDANCY", "Redundant"),
                flat("PROCESSOR", "STATUS", "OK"),
                flat("MEMORY", "STATUS", "OK"),
                flat("NETWORK", "STATUS", "OK"),
                flat("STORAGE", "STATUS", "OK"));
    }
}
