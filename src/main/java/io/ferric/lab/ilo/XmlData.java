package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RibclAnswer.escape;

import java.util.stream.Collectors;

/** The anonymous data of an iLO: what {@code /xmldata?item=All} shows without a login (ilo-protocols a.3). */
final class XmlData {
    private XmlData() {}

    static String all(IloIdentity identity, IloProfile profile, IloHardware hardware) {
        String serial = escape(identity.serial());
        int generation = profile.generation();
        return """
                <?xml version="1.0"?>
                <RIMP>
                <HSI><SBSN>%s      </SBSN><SPN>%s</SPN><UUID>%s</UUID><SP>1</SP><cUUID>%s</cUUID>\
                <VIRTUAL><STATE>Inactive</STATE><VID><BSN></BSN><cUUID></cUUID></VID></VIRTUAL>\
                <NICS>%s</NICS></HSI>
                <MP><ST>1</ST><PN>Integrated Lights-Out %d (iLO %d)</PN><FWRI>%s</FWRI><HWRI>ASIC: 12</HWRI>\
                <SN>ILO%s </SN><UUID>ILO%s</UUID><IPM>1</IPM><SSO>0</SSO><PWRM>1.0.9</PWRM></MP>
                <HEALTH><STATUS>2</STATUS></HEALTH>
                </RIMP>
                """.formatted(
                        serial,
                        escape(identity.product()),
                        escape(identity.uuid()),
                        identity.canonicalUuid(),
                        hardware.nics().stream().map(XmlData::nic).collect(Collectors.joining()),
                        generation,
                        generation,
                        escape(identity.firmware()),
                        serial,
                        escape(identity.uuid()));
    }

    static String license(String license) {
        return """
                <?xml version="1.0"?>
                <PROLIANTKEY><LICENSES><TYPE>%s</TYPE><KEY>XXXXX-XXXXX-XXXXX-XXXXX-XXXXX</KEY></LICENSES></PROLIANTKEY>
                """.formatted(escape(license));
    }

    private static String nic(IloHardware.Nic nic) {
        return "<NIC><PORT>" + nic.port() + "</PORT><DESCRIPTION>" + escape(nic.description())
                + "</DESCRIPTION><LOCATION>" + nic.location() + "</LOCATION><MACADDR>" + nic.mac()
                + "</MACADDR><IPADDR>N/A</IPADDR><STATUS>OK</STATUS></NIC>";
    }
}
