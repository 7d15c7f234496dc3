package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.ScriptedIlo.ok;
import static io.ferric.ilo.ribcl.ScriptedIlo.payload;
import static io.ferric.ilo.ribcl.ScriptedIlo.response;

import java.util.List;

/** Answers in the form real iLOs give them, of every command the client sends. */
final class Answers {
    static final String HEALTH_GEN9 = """
            <GET_EMBEDDED_HEALTH_DATA>
             <FANS><FAN><ZONE VALUE = "System"/><LABEL VALUE = "Fan 1"/><STATUS VALUE = "OK"/><SPEED VALUE = "23" UNIT="Percentage"/></FAN>
              <FAN><ZONE VALUE = "System"/><LABEL VALUE = "Fan 2"/><STATUS VALUE = "Not Installed"/><SPEED VALUE = "N/A"/></FAN></FANS>
             <TEMPERATURE><TEMP><LABEL VALUE = "01-Inlet Ambient"/><LOCATION VALUE = "Ambient"/><STATUS VALUE = "OK"/>
              <CURRENTREADING VALUE = "21" UNIT="Celsius"/><CAUTION VALUE = "42" UNIT="Celsius"/></TEMP>
              <TEMP><LABEL VALUE = "02-CPU 1"/><STATUS VALUE = "Degraded"/><CURRENTREADING VALUE = "40" UNIT="Celsius"/></TEMP></TEMPERATURE>
             <POWER_SUPPLIES><POWER_SUPPLY_SUMMARY><PRESENT_POWER_READING VALUE = "93 Watts"/></POWER_SUPPLY_SUMMARY>
              <SUPPLY><LABEL VALUE = "Power Supply 1"/><PRESENT VALUE = "Yes"/><STATUS VALUE = "Good, In Use"/></SUPPLY>
              <SUPPLY><LABEL VALUE = "Power Supply 2"/><PRESENT VALUE = "Yes"/><STATUS VALUE = "Failed"/></SUPPLY></POWER_SUPPLIES>
             <PROCESSORS><PROCESSOR><LABEL VALUE = "Proc 1"/><NAME VALUE = " Intel(R) Xeon(R) CPU E5-2660 v3 "/><STATUS VALUE = "OK"/>
              <SPEED VALUE = "2600 MHz"/><EXECUTION_TECHNOLOGY VALUE = "10/10 cores; 20 threads"/></PROCESSOR>
              <PROCESSOR><LABEL VALUE = "Proc 2"/><EXECUTION_TECHNOLOGY VALUE = "10/10 cores; 20 threads"/></PROCESSOR></PROCESSORS>
             <MEMORY><ADVANCED_MEMORY_PROTECTION><AMP_MODE_STATUS VALUE = "Advanced ECC"/></ADVANCED_MEMORY_PROTECTION>
              <MEMORY_DETAILS_SUMMARY><CPU_1><NUMBER_OF_SOCKETS VALUE = "12"/><TOTAL_MEMORY_SIZE VALUE = "32 GB"/></CPU_1>
              <CPU_2><NUMBER_OF_SOCKETS VALUE = "12"/><TOTAL_MEMORY_SIZE VALUE = "N/A"/></CPU_2></MEMORY_DETAILS_SUMMARY>
              <MEMORY_DETAILS><CPU_1><SOCKET VALUE = "1"/><SIZE VALUE = "16384 MB"/></CPU_1></MEMORY_DETAILS></MEMORY>
             <NIC_INFORMATION><iLO><NETWORK_PORT VALUE = "iLO Dedicated Network Port"/><MAC_ADDRESS VALUE = "9c:b6:54:00:00:01"/></iLO>
              <NIC><NETWORK_PORT VALUE = "Port 1"/><PORT_DESCRIPTION VALUE = "HP Ethernet"/><LOCATION VALUE = "Embedded"/>
               <MAC_ADDRESS VALUE = "9C-B6-54-AA-BB-01"/><STATUS VALUE = "OK"/></NIC>
              <NIC><NETWORK_PORT VALUE = "Port 1"/><LOCATION VALUE = "Slot 1"/><MAC_ADDRESS VALUE = "9c:b6:54:aa:bb:09"/><STATUS VALUE = "Unknown"/></NIC>
              <NIC><NETWORK_PORT VALUE = "Port 2"/><LOCATION VALUE = "Embedded"/><MAC_ADDRESS VALUE = "N/A"/></NIC></NIC_INFORMATION>
             <STORAGE><DISCOVERY_STATUS><STATUS VALUE = "OK"/></DISCOVERY_STATUS>
              <CONTROLLER><LABEL VALUE = "Controller on System Board"/><STATUS VALUE = "OK"/>
               <LOGICAL_DRIVE><LABEL VALUE = "01"/><STATUS VALUE = "OK"/><CAPACITY VALUE = "558 GB"/><FAULT_TOLERANCE VALUE = "RAID 1"/>
                <PHYSICAL_DRIVE><LABEL VALUE = "Port 1I Box 1 Bay 1"/><MEDIA_TYPE VALUE = "HDD"/><CAPACITY VALUE = "558 GB"/></PHYSICAL_DRIVE></LOGICAL_DRIVE>
               <PHYSICAL_DRIVE><LABEL VALUE = "Port 1I Box 1 Bay 3"/><STATUS VALUE = "OK"/><MEDIA_TYPE VALUE = "SSD"/><MARKETING_CAPACITY VALUE = "1.8 TB"/></PHYSICAL_DRIVE>
              </CONTROLLER></STORAGE>
             <FIRMWARE_INFORMATION><INDEX_1><FIRMWARE_NAME VALUE = "iLO"/><FIRMWARE_VERSION VALUE = "2.50 Sep 23 2016"/></INDEX_1>
              <INDEX_2><FIRMWARE_NAME VALUE = "HP ProLiant System ROM Backup"/><FIRMWARE_VERSION VALUE = "05/06/2015"/></INDEX_2>
              <INDEX_3><FIRMWARE_NAME VALUE = "HP ProLiant System ROM"/><FIRMWARE_VERSION VALUE = "P89 v2.30 (09/13/2016)"/></INDEX_3></FIRMWARE_INFORMATION>
             <HEALTH_AT_A_GLANCE><BIOS_HARDWARE STATUS= "OK"/><FANS STATUS= "OK"/><FANS REDUNDANCY= "Redundant"/><MEMORY STATUS= "OK"/>
              <POWER_SUPPLIES STATUS= "Degraded"/><POWER_SUPPLIES REDUNDANCY= "Not Redundant"/><STORAGE STATUS= "OK"/><BATTERY STATUS= "Not Installed"/></HEALTH_AT_A_GLANCE>
            </GET_EMBEDDED_HEALTH_DATA>
            """;

    static final String HEALTH_G7 = """
            <GET_EMBEDDED_HEALTH_DATA>
             <MEMORY><MEMORY_COMPONENTS>
              <MEMORY_COMPONENT><MEMORY_LOCATION VALUE = "PROC 1 DIMM 1C"/><MEMORY_SIZE VALUE = "4096 MB"/></MEMORY_COMPONENT>
              <MEMORY_COMPONENT><MEMORY_LOCATION VALUE = "PROC 1 DIMM 2F"/><MEMORY_SIZE VALUE = "4096 MB"/></MEMORY_COMPONENT>
              <MEMORY_COMPONENT><MEMORY_LOCATION VALUE = "PROC 1 DIMM 3A"/><MEMORY_SIZE VALUE = "Not Installed"/></MEMORY_COMPONENT></MEMORY_COMPONENTS></MEMORY>
             <PROCESSORS><PROCESSOR><LABEL VALUE = "Proc 1"/><EXECUTION_TECHNOLOGY VALUE = "4 of 4 cores; 8 threads"/></PROCESSOR></PROCESSORS>
             <NIC_INFOMATION><NIC><NETWORK_PORT VALUE = "Port 1"/><MAC_ADDRESS VALUE = "78:e3:b5:00:00:01"/></NIC>
              <NIC><NETWORK_PORT VALUE = "iLO"/><MAC_ADDRESS VALUE = "78:e3:b5:00:00:09"/></NIC></NIC_INFOMATION>
            </GET_EMBEDDED_HEALTH_DATA>
            """;

    static final String HOST_DATA = """
            <GET_HOST_DATA>
             <SMBIOS_RECORD TYPE="0" B64_DATA="ABgBAgDw"><FIELD NAME="Subject" VALUE="BIOS Information"/><FIELD NAME="Family" VALUE="P89"/></SMBIOS_RECORD>
             <SMBIOS_RECORD TYPE="1" B64_DATA="ARsAAQECAwQ="><FIELD NAME="Subject" VALUE="System Information"/>
              <FIELD NAME="Product Name" VALUE="ProLiant DL380 Gen9"/><FIELD NAME="Serial Number" VALUE="CZ1234ABCD      "/>
              <FIELD NAME="UUID" VALUE="755871CZ1234ABCD"/><FIELD NAME="cUUID" VALUE="35383537-3137-5A43-3132-333441424344"/></SMBIOS_RECORD>
             <SMBIOS_RECORD TYPE="209" B64_DATA="0RQAAQ=="/>
            </GET_HOST_DATA>
            """;

    static final String POWER_READINGS = """
            <GET_POWER_READINGS><PRESENT_POWER_READING VALUE="81" UNIT="Watts"/><AVERAGE_POWER_READING VALUE="80" UNIT="Watts"/>
             <MAXIMUM_POWER_READING VALUE="120" UNIT="Watts"/><MINIMUM_POWER_READING VALUE="N/A" UNIT="Watts"/></GET_POWER_READINGS>
            """;

    private static final String INFORM =
            "<?xml version=\"1.0\"?><RIBCL VERSION=\"2.23\"><INFORM>Scripting utility should be updated to the latest version.</INFORM></RIBCL>";

    /** Of all kinds, whole bodies. */
    static final List<String> ALL = List.of(
            body(HEALTH_GEN9),
            body(HEALTH_G7),
            body(HOST_DATA),
            body(POWER_READINGS),
            body("<GET_HOST_POWER\r\n    HOST_POWER=\"ON\"\r\n    />"),
            body("<GET_PRODUCT_NAME><PRODUCT_NAME VALUE =\"my \"best\" <server> & more\"/></GET_PRODUCT_NAME>"),
            body("<GET_FW_VERSION FIRMWARE_VERSION = \"2.50\" MANAGEMENT_PROCESSOR = \"iLO4\"/>"),
            body("<GET_ALL_LICENSES><LICENSE><LICENSE_TYPE VALUE=\"iLO 4 Advanced\"/></LICENSE></GET_ALL_LICENSES>"),
            body(
                    "<GET_VM_STATUS VM_APPLET=\"DISCONNECTED\" IMAGE_INSERTED=\"NO\" IMAGE_URL=\"http://h/a.iso?x=1&amp;y=2\"/>"),
            body("<ONE_TIME_BOOT><BOOT_TYPE VALUE=\"Normal\"/></ONE_TIME_BOOT>"),
            body(
                    "<PERSISTENT_BOOT><DEVICE value=\"CDROM\"/><DEVICE value=\"Boot000A\" DESCRIPTION=\"NIC (PXE IPv4)\"/></PERSISTENT_BOOT>"),
            body("<GET_SUPPORTED_BOOT_MODE><SUPPORTED_BOOT_MODE VALUE=\"LEGACY_UEFI\"/></GET_SUPPORTED_BOOT_MODE>"),
            body("<GET_CURRENT_BOOT_MODE><BOOT_MODE VALUE=\"UEFI\"/></GET_CURRENT_BOOT_MODE>"),
            body("<GET_UID_STATUS UID=\"ON\"/>"),
            ok() + response(0x5f, "Login failed.", ""),
            ok() + response(0x3c, "Feature not supported - GET_CURRENT_BOOT_MODE", "") + ok());

    private Answers() {}

    private static String body(String payload) {
        return ok() + ok() + INFORM + payload(payload) + ok();
    }
}
