package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RibclAnswer.escape;

/** The anonymous data of an iLO: what {@code /xmldata?item=All} shows without a login (ilo-protocols a.3). */
final class XmlData {
    private XmlData() {}

    static String all(IloIdentity identity) {
        String serial = escape(identity.serial());
        return """
                <?xml version="1.0"?>
                <RIMP>
                <HSI><SBSN>%s      </SBSN><SPN>%s</SPN><UUID>%s</UUID><SP>1</SP>\
                <VIRTUAL><STATE>Inactive</STATE><VID><BSN></BSN><cUUID></cUUID></VID></VIRTUAL></HSI>
                <MP><ST>1</ST><PN>Integrated Lights-Out 4 (iLO 4)</PN><FWRI>%s</FWRI><HWRI>ASIC: 12</HWRI>\
                <SN>ILO%s </SN><UUID>ILO%s</UUID><IPM>1</IPM><SSO>0</SSO><PWRM>1.0.9</PWRM></MP>
                <HEALTH><STATUS>2</STATUS></HEALTH>
                </RIMP>
                """.formatted(
                        serial,
                        escape(identity.product()),
                        escape(identity.uuid()),
                        escape(identity.firmware()),
                        serial,
                        escape(identity.uuid()));
    }
}
