package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RibclAnswer.escape;
import static io.ferric.lab.ilo.RibclXml.element;
import static io.ferric.lab.ilo.RibclXml.join;

import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;

/** What GET_HOST_DATA shows: the server's SMBIOS records, decoded as far as RIBCL decodes them (ilo-protocols a.5). */
final class RibclHostData {
    private final IloIdentity identity;
    private final IloHardware hardware;

    RibclHostData(IloIdentity identity, IloHardware hardware) {
        this.identity = identity;
        this.hardware = hardware;
    }

    String show() {
        return element(
                "GET_HOST_DATA",
                record(
                        0,
                        "Subject",
                        "BIOS Information",
                        "Family",
                        hardware.rom().split(" ")[0],
                        "Date",
                        date()),
                record(
                        1,
                        "Subject",
                        "System Information",
                        "Product Name",
                        identity.product(),
                        "Serial Number",
                        identity.serial() + "      ",
                        "UUID",
                        identity.uuid(),
                        "cUUID",
                        identity.canonicalUuid()),
                join(hardware.cpus().stream()
                        .map(cpu -> record(
                                4,
                                "Subject",
                                "Processor Information",
                                "Label",
                                "Proc " + cpu.socket(),
                                "Speed",
                                cpu.megahertz() + " MHz",
                                "Execution Technology",
                                cpu.cores() + " of " + cpu.cores() + " cores; " + cpu.threads() + " threads"))),
                join(hardware.memory().stream()
                        .map(module -> record(
                                17,
                                "Subject",
                                "Memory Device",
                                "Label",
                                "PROC " + module.cpu() + " DIMM " + module.socket(),
                                "Size",
                                module.megabytes() + " MB",
                                "Speed",
                                module.megahertz() + " MHz"))),
                record(
                        209,
                        Stream.concat(
                                        Stream.of("Subject", "Embedded NIC MAC Assignment"),
                                        hardware.nics().stream()
                                                .flatMap(nic -> Stream.of(
                                                        "Port",
                                                        "" + nic.port(),
                                                        "MAC",
                                                        nic.mac()
                                                                .toUpperCase(Locale.ROOT)
                                                                .replace(':', '-'))))
                                .toArray(String[]::new)));
    }

    private String date() {
        return hardware.rom().replaceAll(".*?(\\d\\d/\\d\\d/\\d{4}).*", "$1");
    }

    /** A record with fields: names and values in turn. The data hold no more than the header of the structure. */
    private static String record(int type, String... fields) {
        String data = Base64.getEncoder().encodeToString(new byte[] {(byte) type, 4, (byte) type, 1, 0, 0});
        StringBuilder inner = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            inner.append("<FIELD NAME=\"")
                    .append(escape(fields[i]))
                    .append("\" VALUE=\"")
                    .append(escape(fields[i + 1]))
                    .append("\"/>\r\n");
        }
        return "<SMBIOS_RECORD TYPE=\"" + type + "\" B64_DATA=\"" + data + "\">\r\n" + inner + "</SMBIOS_RECORD>\r\n";
    }
}
