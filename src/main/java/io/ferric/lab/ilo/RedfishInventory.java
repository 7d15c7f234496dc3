package io.ferric.lab.ilo;

import java.util.List;

/** What is built into the server, as the JSON faces show it. */
record RedfishInventory(List<Dimm> memory, List<Cpu> cpus, List<Disk> disks, List<Volume> volumes, List<Nic> nics) {

    /** A memory module. */
    record Dimm(String slot, int gib) {}

    /** A processor. */
    record Cpu(String model, int cores, int threads, int mhz) {}

    /** @param location port, box and bay, as {@code 1I:1:1}; @param rpm 0 for an SSD */
    record Disk(String location, String model, String serial, int gib, int rpm) {
        String mediaType() {
            return rpm == 0 ? "SSD" : "HDD";
        }
    }

    /** A logical drive of all disks. */
    record Volume(String raid, int gib) {}

    /** A port of a network card in the server. */
    record Nic(String name, String mac) {}

    int memoryGib() {
        return memory.stream().mapToInt(Dimm::gib).sum();
    }

    /** A usual server: two processors, 64 GiB, two mirrored disks, four ports. */
    static RedfishInventory usual() {
        Cpu cpu = new Cpu("Intel(R) Xeon(R) CPU E5-2640 v3 @ 2.60GHz", 8, 16, 2600);
        return new RedfishInventory(
                List.of(
                        new Dimm("PROC 1 DIMM 1", 16),
                        new Dimm("PROC 1 DIMM 4", 16),
                        new Dimm("PROC 2 DIMM 1", 16),
                        new Dimm("PROC 2 DIMM 4", 16)),
                List.of(cpu, cpu),
                List.of(
                        new Disk("1I:1:1", "EG0600FBVFP", "KWK1JS2X", 558, 10_000),
                        new Disk("1I:1:2", "EG0600FBVFP", "KWK1JS3Y", 558, 10_000)),
                List.of(new Volume("1", 558)),
                List.of(
                        new Nic("NIC.LOM.1.1", "9c:b6:54:79:78:70"),
                        new Nic("NIC.LOM.1.2", "9c:b6:54:79:78:71"),
                        new Nic("NIC.LOM.1.3", "9c:b6:54:79:78:72"),
                        new Nic("NIC.LOM.1.4", "9c:b6:54:79:78:73")));
    }
}
