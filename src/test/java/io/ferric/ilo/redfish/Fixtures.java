package io.ferric.ilo.redfish;

import io.ferric.ilo.redfish.ScriptedRedfish.Reply;
import java.util.Map;
import java.util.Optional;

/** Resources as iLOs of each generation have them; single quotes stand for double ones. */
final class Fixtures {
    static final String SYSTEM = "/redfish/v1/Systems/1/";
    static final String MANAGER = "/redfish/v1/Managers/1/";
    static final String CHASSIS = "/redfish/v1/Chassis/1/";
    static final String FLOPPY = MANAGER + "VirtualMedia/1/";
    static final String CD = MANAGER + "VirtualMedia/2/";

    private Fixtures() {}

    private static ScriptedRedfish common(ScriptedRedfish bmc) {
        return bmc.has(
                        "/redfish/v1/",
                        "{'@odata.id':'/redfish/v1/','Systems':{'@odata.id':'/redfish/v1/Systems/'},"
                                + "'Managers':{'@odata.id':'/redfish/v1/Managers/'},'Chassis':{'@odata.id':'/redfish/v1/Chassis/'}}")
                .has("/redfish/v1/Systems/", collection(SYSTEM))
                .has("/redfish/v1/Managers/", collection(MANAGER))
                .has("/redfish/v1/Chassis/", collection(CHASSIS))
                .has(MANAGER + "VirtualMedia/", collection(FLOPPY, CD));
    }

    static String collection(String... members) {
        return "{'Members':[{'@odata.id':'" + String.join("'},{'@odata.id':'", members) + "'}],'Members@odata.count':"
                + members.length + "}";
    }

    /** iLO 4 with OData-Version: names of HP, no action of the standard for media, flat BIOS. */
    static ScriptedRedfish ilo4Gen9(ScriptedRedfish bmc) {
        return common(bmc)
                .has(SYSTEM, system4("On", ",'Bios':{'@odata.id':'" + SYSTEM + "Bios/'}"))
                .has(
                        SYSTEM + "Bios/",
                        "{'BootMode':'LegacyBios','links':{'Settings':{'href':'" + SYSTEM + "Bios/Settings/'}}}")
                .has(SYSTEM + "Bios/Settings/", "{'BootMode':'LegacyBios','UefiOptimizedBoot':'Disabled'}")
                .has(
                        MANAGER,
                        "{'FirmwareVersion':'iLO 4 v2.50','VirtualMedia':{'@odata.id':'" + MANAGER
                                + "VirtualMedia/'},'Actions':{'#Manager.Reset':{'target':'" + MANAGER
                                + "Actions/Manager.Reset/'}},'Oem':{'Hp':{'License':{'LicenseString':'iLO 4 Advanced','LicenseType':'Perpetual'}}}}")
                .has(FLOPPY, empty(FLOPPY, "'Floppy','USBStick'", hpActions(FLOPPY)))
                .has(CD, empty(CD, "'CD','DVD'", hpActions(CD)));
    }

    static String system4(String power, String more) {
        return "{'Model':'ProLiant DL380 Gen9','SerialNumber':'CZ1234ABCD','PowerState':'" + power
                + "','Actions':{'#ComputerSystem.Reset':{'target':'" + SYSTEM
                + "Actions/ComputerSystem.Reset/','ResetType@Redfish.AllowableValues':['On','ForceOff','ForceRestart','Nmi','PushPowerButton']}},"
                + "'Boot':{'BootSourceOverrideEnabled':'Disabled','BootSourceOverrideTarget':'None',"
                + "'BootSourceOverrideTarget@Redfish.AllowableValues':['None','Floppy','Cd','Hdd','Usb','Pxe']},"
                + "'IndicatorLED':'Off',"
                + "'Oem':{'Hp':{'Actions':{'#HpComputerSystemExt.PowerButton':{'target':'" + SYSTEM
                + "Actions/Oem/Hp/ComputerSystemExt.PowerButton/'},'#HpComputerSystemExt.SystemReset':{'target':'"
                + SYSTEM
                + "Actions/Oem/Hp/ComputerSystemExt.SystemReset/'}},'PostState':'InPost','Bios':{'UefiClass':2}}}"
                + more + "}";
    }

    static ScriptedRedfish ilo5(ScriptedRedfish bmc) {
        return newer(bmc, "iLO 5 v2.70", "ProLiant DL380 Gen10");
    }

    static ScriptedRedfish ilo6(ScriptedRedfish bmc) {
        return newer(bmc, "iLO 6 v1.57", "ProLiant DL380 Gen11");
    }

    static ScriptedRedfish ilo7(ScriptedRedfish bmc) {
        return newer(bmc, "iLO 7 v1.12.00", "ProLiant DL380 Gen12");
    }

    private static ScriptedRedfish newer(ScriptedRedfish bmc, String firmware, String model) {
        return common(bmc)
                .has(SYSTEM, system(model, "On"))
                .has(
                        SYSTEM + "Bios/",
                        "{'Attributes':{'BootMode':'Uefi'},'@Redfish.Settings':{'SettingsObject':{'@odata.id':'"
                                + SYSTEM + "Bios/Settings/'}},'Oem':{'Hpe':{'Links':{'Boot':{'@odata.id':'" + SYSTEM
                                + "Bios/Boot/'}}}}}")
                .has(
                        SYSTEM + "Bios/Settings/",
                        "{'Attributes':{'BootMode':'LegacyBios','UefiOptimizedBoot':'Disabled'}}")
                .has(
                        SYSTEM + "Bios/Boot/",
                        "{'PersistentBootConfigOrder':['HD.1','NIC.1','CD.1'],'BootSources':["
                                + "{'StructuredBootString':'HD.1','BootString':'Embedded RAID : Logical Drive 1'},"
                                + "{'StructuredBootString':'NIC.1','BootString':'Embedded LOM 1 Port 1 : NIC (PXE IPv4)'},"
                                + "{'StructuredBootString':'CD.1','BootString':'iLO Virtual USB 2 : HPE iLO Virtual USB CD/DVD ROM'}],"
                                + "'@Redfish.Settings':{'SettingsObject':{'@odata.id':'" + SYSTEM
                                + "Bios/Boot/Settings/'}}}")
                .has(SYSTEM + "Bios/Boot/Settings/", "{'PersistentBootConfigOrder':['HD.1','NIC.1','CD.1']}")
                .has(SYSTEM + "SecureBoot/", "{'SecureBootCurrentBoot':'Enabled','SecureBootEnable':true}")
                .has(
                        MANAGER,
                        "{'FirmwareVersion':'" + firmware + "','VirtualMedia':{'@odata.id':'" + MANAGER
                                + "VirtualMedia/'},'Actions':{'#Manager.Reset':{'ResetType@Redfish.AllowableValues':['ForceRestart','GracefulRestart'],'target':'"
                                + MANAGER
                                + "Actions/Manager.Reset/'}},'Oem':{'Hpe':{'Links':{'LicenseService':{'@odata.id':'"
                                + MANAGER + "LicenseService/'}}}}}")
                .has(MANAGER + "LicenseService/", collection(MANAGER + "LicenseService/1/"))
                .has(
                        MANAGER + "LicenseService/1/",
                        "{'License':'iLO Advanced','LicenseType':'Perpetual','LicenseKey':'AAAAA-BBBBB'}")
                .has(FLOPPY, empty(FLOPPY, "'Floppy','USBStick'", hpeActions(FLOPPY)))
                .has(CD, empty(CD, "'CD','DVD'", hpeActions(CD)));
    }

    /** What an inspection reads, of a server made by this. */
    static ScriptedRedfish parts(ScriptedRedfish bmc) {
        String nics = SYSTEM + "EthernetInterfaces/";
        String storage = SYSTEM + "SmartStorage/";
        String array = storage + "ArrayControllers/";
        bmc.has(
                SYSTEM,
                "{'MemorySummary':{'TotalSystemMemoryGiB':64,'Status':{'HealthRollup':'OK'}},'ProcessorSummary':{'Count':2,'Model':'Xeon Gold'},"
                        + "'Processors':{'@odata.id':'" + SYSTEM
                        + "Processors/'},'Status':{'Health':'OK','HealthRollup':'Warning'},"
                        + bmc.resource(SYSTEM)
                                .substring(1)
                                .replace(
                                        "\"Oem\":{\"Hpe\":{",
                                        "'Oem':{'Hpe':{'Links':{'EthernetInterfaces':{'@odata.id':'" + nics
                                                + "'},'SmartStorage':{'@odata.id':'" + storage + "'}},"));
        bmc.has(SYSTEM + "Processors/", collection(SYSTEM + "Processors/1/", SYSTEM + "Processors/2/"));
        bmc.has(SYSTEM + "Processors/1/", "{'TotalCores':8,'TotalThreads':16}");
        bmc.has(SYSTEM + "Processors/2/", "{'TotalCores':8,'TotalThreads':16}");
        bmc.has(nics, collection(nics + "1/", nics + "2/"));
        bmc.has(nics + "1/", "{'Id':'1','MACAddress':'9C:B6:54:00:00:01','Status':{'Health':'OK'}}");
        bmc.has(nics + "2/", "{'Id':'2','MACAddress':'not told'}");
        bmc.has(storage, "{'Links':{'ArrayControllers':{'@odata.id':'" + array + "'}}}");
        bmc.has(array, collection(array + "0/"));
        bmc.has(
                array + "0/",
                "{'Links':{'LogicalDrives':{'@odata.id':'" + array
                        + "0/LogicalDrives/'},'PhysicalDrives':{'@odata.id':'" + array + "0/DiskDrives/'}}}");
        bmc.has(array + "0/LogicalDrives/", collection(array + "0/LogicalDrives/1/"));
        bmc.has(
                array + "0/LogicalDrives/1/",
                "{'LogicalDriveName':'system','CapacityMiB':572293,'Status':{'Health':'OK'}}");
        bmc.has(array + "0/DiskDrives/", collection(array + "0/DiskDrives/1/"));
        bmc.has(array + "0/DiskDrives/1/", "{'Location':'1I:1:1','CapacityMiB':572325,'MediaType':'SSD'}");
        bmc.has(
                CHASSIS,
                "{'Thermal':{'@odata.id':'" + CHASSIS + "Thermal/'},'Power':{'@odata.id':'" + CHASSIS + "Power/'}}");
        bmc.has(
                CHASSIS + "Thermal/",
                "{'Temperatures':[{'Name':'01-Inlet Ambient','ReadingCelsius':21,'Status':{'Health':'OK','State':'Enabled'}},"
                        + "{'Name':'02-CPU 2','ReadingCelsius':0,'Status':{'State':'Absent'}}],"
                        + "'Fans':[{'FanName':'Fan 1','CurrentReading':17,'Units':'Percent','Status':{'Health':'Warning'}}]}");
        return bmc.has(
                CHASSIS + "Power/",
                "{'PowerSupplies':[{'Name':'HpeServerPowerSupply','LastPowerOutputWatts':81.5,'Status':{'Health':'OK'}}]}");
    }

    static String system(String model, String power) {
        return "{'Model':'" + model + "','SerialNumber':'CZ1234ABCD','PowerState':'" + power
                + "','UUID':'30373237-3132-4D32-3237-303430304D4D','BiosVersion':'U30 v2.36',"
                + "'Actions':{'#ComputerSystem.Reset':{'target':'" + SYSTEM
                + "Actions/ComputerSystem.Reset/','ResetType@Redfish.AllowableValues':['On','ForceOff','GracefulShutdown','ForceRestart','Nmi','PushPowerButton','GracefulRestart']}},"
                + "'Boot':{'BootSourceOverrideEnabled':'Disabled','BootSourceOverrideTarget':'None',"
                + "'BootSourceOverrideTarget@Redfish.AllowableValues':['None','Cd','Hdd','Usb','SDCard','Utilities','Diags','BiosSetup','Pxe','UefiShell','UefiHttp','UefiTarget']},"
                + "'Bios':{'@odata.id':'" + SYSTEM + "Bios/'},'SecureBoot':{'@odata.id':'" + SYSTEM + "SecureBoot/'},"
                + "'IndicatorLED':'Off',"
                + "'Oem':{'Hpe':{'Actions':{'#HpeComputerSystemExt.PowerButton':{'target':'" + SYSTEM
                + "Actions/Oem/Hpe/HpeComputerSystemExt.PowerButton/'},'#HpeComputerSystemExt.SystemReset':{'target':'"
                + SYSTEM
                + "Actions/Oem/Hpe/HpeComputerSystemExt.SystemReset/'}},'PostState':'FinishedPost','Bios':{'UefiClass':2}}}}";
    }

    static String empty(String path, String types, String actions) {
        return "{'@odata.id':'" + path
                + "','Image':'','Inserted':false,'ConnectedVia':'NotConnected','WriteProtected':true,'MediaTypes':["
                + types + "]," + actions + "}";
    }

    static String holding(String path, String types, String image, String actions) {
        return "{'@odata.id':'" + path + "','Image':'" + image
                + "','Inserted':true,'ConnectedVia':'URI','WriteProtected':true,'MediaTypes':[" + types + "]," + actions
                + "}";
    }

    static String hpActions(String path) {
        return "'Oem':{'Hp':{'BootOnNextServerReset':false,'Actions':{'#HpiLOVirtualMedia.EjectVirtualMedia':{'target':'"
                + path
                + "Actions/Oem/Hp/HpiLOVirtualMedia.EjectVirtualMedia/'},'#HpiLOVirtualMedia.InsertVirtualMedia':{'target':'"
                + path + "Actions/Oem/Hp/HpiLOVirtualMedia.InsertVirtualMedia/'}}}}";
    }

    static String hpeActions(String path) {
        return "'Actions':{'#VirtualMedia.EjectMedia':{'target':'" + path
                + "Actions/VirtualMedia.EjectMedia/'},'#VirtualMedia.InsertMedia':{'target':'" + path
                + "Actions/VirtualMedia.InsertMedia/'}},'Oem':{'Hpe':{'BootOnNextServerReset':false,'Actions':{'#HpeiLOVirtualMedia.EjectVirtualMedia':{'target':'"
                + path
                + "Actions/Oem/Hpe/HpeiLOVirtualMedia.EjectVirtualMedia/'},'#HpeiLOVirtualMedia.InsertVirtualMedia':{'target':'"
                + path + "Actions/Oem/Hpe/HpeiLOVirtualMedia.InsertVirtualMedia/'}}}}";
    }

    /** Does this to the resources when it is asked, and says that it went well. */
    static ScriptedRedfish.Handler doing(Runnable effect) {
        return request -> {
            effect.run();
            return Optional.of(
                    new Reply(200, Map.of(), "{\"error\":{}}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        };
    }
}
