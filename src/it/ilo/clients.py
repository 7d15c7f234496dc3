"""The clients, each made to do the same operations. An operation checks what it did, and raises when it is not so."""
import ssl
import time

KEY = "ABCDE12345ABCDE12345ABCDE"

OPERATIONS = [
    "model", "power-off", "power-on", "reset", "soft-off", "insert-cd", "status-cd", "boot-once-cd", "eject-cd",
    "insert-floppy", "eject-floppy", "boot-once-pxe", "persistent-boot", "boot-mode", "license", "inspect",
    "health", "indicator"]


class NotInClient(Exception):
    """The client has no call for this."""


def same(actual, wanted):
    if actual != wanted:
        raise AssertionError("%r instead of %r" % (actual, wanted))


def wait_for(what, wanted, seconds=20):
    end = time.time() + seconds
    while what() != wanted:
        if time.time() > end:
            raise AssertionError("%r, still not %r" % (what(), wanted))
        time.sleep(0.1)


def url_for(profile, images):
    """An iLO 7 takes https only."""
    return (images.replace("http:", "https:") if profile == "ilo7" else images) + "boot.iso"


class Hpilo:
    def __init__(self, address, user, password, profile, images):
        import hpilo
        self.cd = images + "boot.iso"
        self.floppy = images + "floppy.img"
        host, port = address.rsplit(":", 1)
        context = ssl._create_unverified_context()
        self.ilo = hpilo.Ilo(host, user, password, port=int(port), timeout=30, ssl_context=context)

    def power(self):
        return self.ilo.get_host_power_status()

    def model(self):
        assert "ProLiant" in self.ilo.get_product_name()
        assert self.ilo.get_fw_version()["management_processor"].startswith("iLO")

    def power_off(self):
        self.ilo.hold_pwr_btn(toggle=False)
        wait_for(self.power, "OFF")

    def power_on(self):
        self.ilo.set_host_power(True)
        wait_for(self.power, "ON")

    def reset(self):
        self.ilo.reset_server()
        self.ilo.cold_boot_server()
        wait_for(self.power, "OFF")
        wait_for(self.power, "ON")

    def soft_off(self):
        self.ilo.press_pwr_btn()
        wait_for(self.power, "OFF")

    def insert_cd(self):
        self.ilo.insert_virtual_media("CDROM", self.cd)
        self.ilo.set_vm_status("CDROM", "connect", True)

    def status_cd(self):
        status = self.ilo.get_vm_status("CDROM")
        same((status["image_inserted"], status["image_url"]), ("YES", self.cd))
        same((status["boot_option"], status["write_protect"]), ("BOOT_ALWAYS", "YES"))

    def boot_once_cd(self):
        self.ilo.set_vm_status("CDROM", "boot_once", True)
        same(self.ilo.get_vm_status("CDROM")["boot_option"], "BOOT_ONCE")

    def eject_cd(self):
        self.ilo.eject_virtual_media("CDROM")
        same(self.ilo.get_vm_status("CDROM")["image_inserted"], "NO")

    def insert_floppy(self):
        self.ilo.insert_virtual_media("FLOPPY", self.floppy)
        same(self.ilo.get_vm_status("FLOPPY")["image_inserted"], "YES")

    def eject_floppy(self):
        self.ilo.eject_virtual_media("FLOPPY")
        same(self.ilo.get_vm_status("FLOPPY")["image_inserted"], "NO")

    def boot_once_pxe(self):
        self.ilo.set_one_time_boot("network")
        same(self.ilo.get_one_time_boot(), "network")

    def persistent_boot(self):
        self.ilo.set_persistent_boot(["hdd", "cdrom"])
        same(self.ilo.get_persistent_boot()[:2], ["hdd", "cdrom"])

    def boot_mode(self):
        same(self.ilo.get_supported_boot_mode(), "LEGACY_UEFI")
        self.ilo.set_pending_boot_mode("legacy")
        same(self.ilo.get_pending_boot_mode(), "LEGACY")

    def license(self):
        self.ilo.activate_license(KEY)
        assert any("Advanced" in each["license_type"] for each in self.ilo.get_all_licenses())

    def inspect(self):
        records = self.ilo.get_host_data()
        assert any(each["type"] == 17 for each in records), records
        assert any(each.get("Product Name") for each in records), records

    def health(self):
        health = self.ilo.get_embedded_health()
        nics = health.get("nic_information", health.get("nic_infomation"))
        assert nics and health["memory"] and health["temperature"] and health["power_supplies"]
        assert self.ilo.get_power_readings()["present_power_reading"][1] == "Watts"

    def indicator(self):
        self.ilo.uid_control("yes")
        same(self.ilo.get_uid_status(), "ON")
        self.ilo.uid_control("no")


class Proliantutils:
    """From iLO 6 on it must be told to use Redfish only: it takes RIBCL for all it does not know as Gen10."""

    def __init__(self, address, user, password, profile, images):
        from proliantutils.ilo import client
        self.url = url_for(profile, images)
        self.ilo = client.IloClient(address, user, password, port=None, use_redfish_only=profile in ("ilo6", "ilo7"))

    def power(self):
        return self.ilo.get_host_power_status()

    def model(self):
        assert "ProLiant" in self.ilo.get_product_name()

    def power_off(self):
        self.ilo.hold_pwr_btn()
        wait_for(self.power, "OFF")

    def power_on(self):
        self.ilo.set_host_power("ON")
        wait_for(self.power, "ON")

    def reset(self):
        self.ilo.reset_server()
        wait_for(self.power, "ON")

    def soft_off(self):
        self.ilo.press_pwr_btn()
        wait_for(self.power, "OFF")

    def insert_cd(self):
        self.ilo.insert_virtual_media(self.url, "CDROM")

    def status_cd(self):
        if not hasattr(self.ilo, "ribcl") or self.ilo.use_redfish_only:
            raise NotInClient("get_vm_status by Redfish")
        same(self.ilo.get_vm_status("CDROM")["IMAGE_INSERTED"], "YES")

    def boot_once_cd(self):
        self.ilo.set_vm_status("CDROM", boot_option="BOOT_ONCE", write_protect="YES")

    def eject_cd(self):
        self.ilo.eject_virtual_media("CDROM")

    def insert_floppy(self):
        self.ilo.insert_virtual_media(self.url.replace("boot.iso", "floppy.img"), "FLOPPY")

    def eject_floppy(self):
        self.ilo.eject_virtual_media("FLOPPY")

    def boot_once_pxe(self):
        self.ilo.set_one_time_boot("NETWORK")
        same(self.ilo.get_one_time_boot().upper(), "NETWORK")

    def persistent_boot(self):
        self.ilo.update_persistent_boot(["HDD"])
        same(self.ilo.get_persistent_boot_device(), "HDD")

    def boot_mode(self):
        self.ilo.get_supported_boot_mode()
        self.ilo.set_pending_boot_mode("LEGACY")
        same(self.ilo.get_pending_boot_mode().upper(), "LEGACY")

    def license(self):
        self.ilo.activate_license(KEY)

    def inspect(self):
        found = self.ilo.get_essential_properties()
        properties = found["properties"]
        assert int(properties["memory_mb"]) >= 16384 and int(properties["cpus"]) >= 8, properties
        assert properties["local_gb"] == (0 if "G7" in self.ilo.get_product_name() else 557), properties
        assert len(found["macs"]) == 4, found

    def health(self):
        self.ilo.get_host_health_data()

    def indicator(self):
        raise NotInClient("indicator")


class Sushy:
    def __init__(self, address, user, password, profile, images):
        import sushy
        from sushy.resources.manager import constants as manager
        self.sushy = sushy
        self.url = url_for(profile, images)
        self.root = sushy.Sushy("https://" + address, username=user, password=password, verify=False)
        self.system = self.root.get_system("/redfish/v1/Systems/1/")
        self.manager = self.root.get_manager("/redfish/v1/Managers/1/")

    def fresh(self):
        self.system.refresh(force=True)
        return self.system

    def power(self):
        return self.fresh().power_state

    def reset_to(self, how, wanted):
        self.system.reset_system(how)
        wait_for(self.power, wanted)

    def drive(self, kind):
        drives = self.manager.virtual_media
        drives.refresh(force=True)
        found = [each for each in drives.get_members() if kind in each.media_types]
        found[0].refresh(force=True)
        return found[0]

    def model(self):
        assert "ProLiant" in self.system.json["Model"]

    def power_off(self):
        if self.power() == self.sushy.PowerState.ON:
            self.reset_to(self.sushy.ResetType.FORCE_OFF, self.sushy.PowerState.OFF)

    def power_on(self):
        self.reset_to(self.sushy.ResetType.ON, self.sushy.PowerState.ON)

    def reset(self):
        self.reset_to(self.sushy.ResetType.FORCE_RESTART, self.sushy.PowerState.ON)

    def soft_off(self):
        allowed = self.system.get_allowed_reset_system_values()
        soft = self.sushy.ResetType.GRACEFUL_SHUTDOWN
        how = soft if soft in allowed else self.sushy.ResetType.PUSH_POWER_BUTTON
        self.reset_to(how, self.sushy.PowerState.OFF)

    def insert_cd(self):
        self.drive(self.sushy.VirtualMediaType.CD).insert_media(self.url)

    def status_cd(self):
        drive = self.drive(self.sushy.VirtualMediaType.CD)
        same((drive.inserted, drive.image), (True, self.url))

    def boot_once_cd(self):
        self.boot_once(self.sushy.BootSource.CD)

    def boot_once(self, source):
        self.system.set_system_boot_options(source, enabled=self.sushy.BootSourceOverrideEnabled.ONCE)
        same(self.fresh().boot.target, source)

    def eject_cd(self):
        self.drive(self.sushy.VirtualMediaType.CD).eject_media()
        same(self.drive(self.sushy.VirtualMediaType.CD).inserted, False)

    def insert_floppy(self):
        self.drive(self.sushy.VirtualMediaType.FLOPPY).insert_media(self.url.replace("boot.iso", "floppy.img"))

    def eject_floppy(self):
        self.drive(self.sushy.VirtualMediaType.FLOPPY).eject_media()

    def boot_once_pxe(self):
        self.boot_once(self.sushy.BootSource.PXE)

    def persistent_boot(self):
        once = self.sushy.BootSourceOverrideEnabled.CONTINUOUS
        self.system.set_system_boot_options(self.sushy.BootSource.HDD, enabled=once)
        same(self.fresh().boot.enabled, once)

    def boot_mode(self):
        assert self.system.bios.attributes["BootMode"] in ("LegacyBios", "Uefi")
        self.system.bios.set_attribute("BootMode", "Uefi")
        self.system.bios.refresh(force=True)
        same(self.system.bios.pending_attributes["BootMode"], "Uefi")

    def license(self):
        raise NotInClient("licences")

    def inspect(self):
        system = self.fresh()
        assert system.memory_summary.size_gib >= 16, system.memory_summary
        assert system.processors.summary.count in (2, 32, 48, 96), system.processors.summary
        assert len(system.ethernet_interfaces.summary) == 4, system.ethernet_interfaces.summary

    def health(self):
        assert self.system.status.health == self.sushy.Health.OK
        chassis = self.root.get_chassis("/redfish/v1/Chassis/1/")
        assert chassis.thermal.temperatures and chassis.power.power_supplies

    def indicator(self):
        self.system.set_indicator_led(self.sushy.IndicatorLED.LIT)
        same(self.fresh().indicator_led, self.sushy.IndicatorLED.LIT)
        self.system.set_indicator_led(self.sushy.IndicatorLED.OFF)


CLIENTS = {"hpilo": Hpilo, "proliantutils": Proliantutils, "sushy": Sushy}
