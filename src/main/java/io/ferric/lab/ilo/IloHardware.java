package io.ferric.lab.ilo;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What is in the server that a simulated iLO sits in, as its health and inventory commands tell it.
 *
 * @param rom the version of the system ROM, such as {@code P89 v2.40 (02/17/2017)}
 * @param logicalDrives what the RAID controller shows the server
 * @param nics network ports; only those whose location is {@code Embedded} are on the system board
 */
public record IloHardware(
        String rom,
        List<Cpu> cpus,
        List<MemoryModule> memory,
        List<LogicalDrive> logicalDrives,
        List<Nic> nics,
        List<Temperature> temperatures,
        List<Fan> fans,
        List<PowerSupply> powerSupplies) {
    private static final List<String> BAYS = List.of("1I:1:1", "1I:1:2");

    public IloHardware {
        cpus = List.copyOf(cpus);
        memory = List.copyOf(memory);
        logicalDrives = List.copyOf(logicalDrives);
        nics = List.copyOf(nics);
        temperatures = List.copyOf(temperatures);
        fans = List.copyOf(fans);
        powerSupplies = List.copyOf(powerSupplies);
    }

    /** A processor in socket {@code socket}, counted from one. */
    public record Cpu(int socket, String name, int megahertz, int cores, int threads) {}

    /** A memory module beside processor {@code cpu} in its socket {@code socket}, both counted from one. */
    public record MemoryModule(int cpu, int socket, String type, int megabytes, int megahertz, String partNumber) {}

    /** A disk of a logical drive; {@code location} is port, box and bay, such as {@code 1I:1:1}. */
    public record Disk(String location, String model, String serial, int gibibytes, boolean solidState) {}

    /** A logical drive of the RAID controller; {@code raid} is {@code RAID 0}, {@code RAID 1} and so on. */
    public record LogicalDrive(int number, int gibibytes, String raid, List<Disk> disks) {
        public LogicalDrive {
            disks = List.copyOf(disks);
        }
    }

    /** A network port; {@code mac} in lower case with colons. */
    public record Nic(int port, String location, String description, String mac) {}

    /** A temperature in degrees Celsius, with the values at which the iLO warns and switches off. */
    public record Temperature(String label, String location, int celsius, int caution, int critical) {}

    /** A fan and its speed in percent. */
    public record Fan(String label, String zone, int percent) {}

    /** A power supply; both figures in watts. */
    public record PowerSupply(String label, String model, String serial, int capacity, int output) {}

    /** What such a server leaves the factory with; its addresses and serial numbers follow from {@code serial}. */
    public static IloHardware of(IloProfile profile, String serial) {
        Parts parts = Parts.of(profile);
        return new IloHardware(
                parts.rom,
                List.of(cpu(1, parts), cpu(2, parts)),
                IntStream.rangeClosed(0, 3)
                        .mapToObj(i -> new MemoryModule(
                                1 + i / 2,
                                1 + 3 * (i % 2),
                                parts.memory,
                                parts.moduleMegabytes,
                                parts.memoryMegahertz,
                                parts.memoryPart))
                        .toList(),
                List.of(new LogicalDrive(1, 558, "RAID 1", disks(serial))),
                nics(parts, serial),
                List.of(
                        new Temperature("01-Inlet Ambient", "Ambient", 21, 42, 46),
                        new Temperature("02-CPU 1", "CPU", 40, 70, 75),
                        new Temperature("03-CPU 2", "CPU", 40, 70, 75),
                        new Temperature("04-P1 DIMM 1-6", "Memory", 33, 87, 92)),
                IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> new Fan("Fan " + i, "System", 13 + i))
                        .toList(),
                List.of(supply(1, serial), supply(2, serial)));
    }

    private static Cpu cpu(int socket, Parts parts) {
        return new Cpu(socket, parts.cpu, parts.cpuMegahertz, parts.cores, 2 * parts.cores);
    }

    private static List<Disk> disks(String serial) {
        return BAYS.stream()
                .map(bay -> new Disk(bay, "EG0600FBVFP", "S" + digits(serial, 7) + bay.substring(5), 558, false))
                .toList();
    }

    private static List<Nic> nics(Parts parts, String serial) {
        String prefix = mac(serial);
        return IntStream.rangeClosed(1, 4)
                .mapToObj(i -> new Nic(i, "Embedded", parts.nic, prefix + "0" + i))
                .toList();
    }

    private static PowerSupply supply(int number, String serial) {
        return new PowerSupply("Power Supply " + number, "656362-B21", "5BXR" + digits(serial, 5) + number, 460, 60);
    }

    private static String digits(String serial, int count) {
        return "%08d".formatted(Math.floorMod(serial.hashCode(), 100_000_000)).substring(0, count);
    }

    /** The first five bytes of the addresses: the maker's, then two that differ from serial number to number. */
    private static String mac(String serial) {
        int hash = serial.hashCode() ^ serial.hashCode() >>> 16;
        return String.format(Locale.ROOT, "94:57:a5:%02x:%02x:", hash >> 8 & 0xff, hash & 0xff);
    }

    /** What differs from generation to generation. */
    private enum Parts {
        G7(
                "P67 05/05/2011",
                "Intel(R) Xeon(R) CPU X5650 @ 2.67GHz",
                2666,
                6,
                "DDR3",
                4096,
                1333,
                "500203-061",
                "NC382i"),
        GEN8(
                "P70 02/10/2014",
                "Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz",
                2000,
                8,
                "DDR3",
                8192,
                1600,
                "672631-B21",
                "HP Ethernet 1Gb 4-port 331FLR Adapter"),
        GEN9(
                "P89 v2.40 (02/17/2017)",
                "Intel(R) Xeon(R) CPU E5-2630 v3 @ 2.40GHz",
                2400,
                8,
                "DDR4",
                16384,
                2133,
                "726719-B21",
                "HP Ethernet 1Gb 4-port 331i Adapter"),
        GEN10(
                "U32 v2.76 (02/09/2023)",
                "Intel(R) Xeon(R) Gold 5118 CPU @ 2.30GHz",
                2300,
                12,
                "DDR4",
                16384,
                2666,
                "815098-B21",
                "HPE Ethernet 1Gb 4-port 331i Adapter"),
        GEN11(
                "U54 v1.48 (10/19/2023)",
                "Intel(R) Xeon(R) Gold 5418Y",
                2000,
                24,
                "DDR5",
                32768,
                4800,
                "P43328-B21",
                "Broadcom BCM5719 1Gb 4p BASE-T OCP3"),
        GEN12(
                "U68 v1.20 (03/06/2025)",
                "Intel(R) Xeon(R) 6520P",
                2400,
                24,
                "DDR5",
                32768,
                6400,
                "P64706-B21",
                "Broadcom BCM5719 1Gb 4p BASE-T OCP3");

        private final String rom;
        private final String cpu;
        private final int cpuMegahertz;
        private final int cores;
        private final String memory;
        private final int moduleMegabytes;
        private final int memoryMegahertz;
        private final String memoryPart;
        private final String nic;

        Parts(
                String rom,
                String cpu,
                int cpuMegahertz,
                int cores,
                String memory,
                int moduleMegabytes,
                int memoryMegahertz,
                String memoryPart,
                String nic) {
            this.rom = rom;
            this.cpu = cpu;
            this.cpuMegahertz = cpuMegahertz;
            this.cores = cores;
            this.memory = memory;
            this.moduleMegabytes = moduleMegabytes;
            this.memoryMegahertz = memoryMegahertz;
            this.memoryPart = memoryPart;
            this.nic = nic;
        }

        static Parts of(IloProfile profile) {
            return switch (profile) {
                case ILO3_G7 -> G7;
                case ILO4_GEN8 -> GEN8;
                case ILO4_GEN9 -> GEN9;
                case ILO5 -> GEN10;
                case ILO6 -> GEN11;
                case ILO7 -> GEN12;
            };
        }
    }
}
