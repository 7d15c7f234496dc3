package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.RibclCommand.Block.RIB_INFO;
import static io.ferric.ilo.ribcl.RibclCommand.Block.SERVER_INFO;

import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.ribcl.RibclCommand.Tag;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.PowerState;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Speaks RIBCL, XML over HTTPS, as iLO 3 to iLO 5 understand it: one command a document and a connection. Source: HPE
 * iLO 4 Scripting and Command Line Guide.
 */
final class RibclClient implements IloClient {
    private final RibclSession ilo;
    private final RibclBoot boot;

    RibclClient(RibclSession ilo) {
        this.ilo = ilo;
        this.boot = new RibclBoot(ilo);
    }

    @Override
    public IloProtocol protocol() {
        return IloProtocol.RIBCL;
    }

    @Override
    public PowerState power() {
        String operation = "reading the power state";
        RibclReply reply = ilo.call(operation, RibclCommand.read(SERVER_INFO, "GET_HOST_POWER_STATUS"));
        // the answer's tag is not the command's
        return switch (required(reply, operation, "GET_HOST_POWER", "HOST_POWER")
                .toUpperCase(Locale.ROOT)) {
            case "ON" -> PowerState.ON;
            case "OFF" -> PowerState.OFF;
            default -> PowerState.ERROR;
        };
    }

    @Override
    public void powerOn() {
        ilo.call("switching the power on", RibclCommand.write(SERVER_INFO, "SET_HOST_POWER", "HOST_POWER", "Yes"));
    }

    @Override
    public void pressPowerButton() {
        ilo.call("pressing the power button", RibclCommand.write(SERVER_INFO, "PRESS_PWR_BTN"));
    }

    @Override
    public void holdPowerButton() {
        // without TOGGLE some firmware switches on a server that is off
        ilo.call("holding the power button", RibclCommand.write(SERVER_INFO, "HOLD_PWR_BTN", "TOGGLE", "No"));
    }

    @Override
    public void reset() {
        ilo.call("resetting the server", RibclCommand.write(SERVER_INFO, "RESET_SERVER"));
    }

    @Override
    public void coldBoot() {
        ilo.call("cold booting the server", RibclCommand.write(SERVER_INFO, "COLD_BOOT_SERVER"));
    }

    @Override
    public String productName() {
        String operation = "reading the product name";
        RibclReply reply = ilo.call(operation, RibclCommand.read(SERVER_INFO, "GET_PRODUCT_NAME"));
        return required(reply, operation, "PRODUCT_NAME", "VALUE");
    }

    @Override
    public Firmware firmware() {
        String operation = "reading the firmware version";
        RibclReply reply = ilo.call(operation, RibclCommand.read(RIB_INFO, "GET_FW_VERSION"));
        return new Firmware(
                required(reply, operation, "GET_FW_VERSION", "FIRMWARE_VERSION"),
                reply.find("GET_FW_VERSION")
                        .flatMap(each -> RibclReply.attribute(each, "MANAGEMENT_PROCESSOR"))
                        .orElse("iLO"));
    }

    @Override
    public List<License> licenses() {
        RibclReply reply = ilo.call("reading the licenses", RibclCommand.read(RIB_INFO, "GET_ALL_LICENSES"));
        return reply.findAll("LICENSE_TYPE").stream()
                .flatMap(each -> RibclReply.attribute(each, "VALUE").stream())
                .filter(type -> !type.isEmpty())
                .map(License::new)
                .toList();
    }

    @Override
    public void insertMedia(MediaDrive drive, URI image) {
        ilo.call(
                "inserting virtual media " + drive,
                RibclCommand.write(
                        RIB_INFO, "INSERT_VIRTUAL_MEDIA", "DEVICE", drive.name(), "IMAGE_URL", image.toString()));
    }

    @Override
    public void ejectMedia(MediaDrive drive) {
        // older firmware takes ejecting from an empty drive for an error
        if (mediaStatus(drive).inserted()) {
            ilo.call(
                    "ejecting virtual media " + drive,
                    RibclCommand.write(RIB_INFO, "EJECT_VIRTUAL_MEDIA", "DEVICE", drive.name()));
        }
    }

    @Override
    public MediaStatus mediaStatus(MediaDrive drive) {
        String operation = "reading the status of virtual media " + drive;
        RibclReply reply = ilo.call(operation, RibclCommand.read(RIB_INFO, "GET_VM_STATUS", "DEVICE", drive.name()));
        Element status = reply.find("GET_VM_STATUS").orElseThrow(() -> ilo.lacking(operation, "GET_VM_STATUS"));
        return new MediaStatus(
                yes(status, "IMAGE_INSERTED"),
                RibclReply.attribute(status, "VM_APPLET")
                        .filter("CONNECTED"::equalsIgnoreCase)
                        .isPresent(),
                RibclReply.attribute(status, "IMAGE_URL").filter(url -> !url.isEmpty()),
                RibclReply.attribute(status, "BOOT_OPTION").orElse(""),
                yes(status, "WRITE_PROTECT") || yes(status, "WRITE_PROTECT_FLAG"));
    }

    @Override
    public void connectMedia(MediaDrive drive, MediaUse use) {
        ilo.call(
                "connecting virtual media " + drive,
                RibclCommand.write(RIB_INFO, "SET_VM_STATUS", "DEVICE", drive.name())
                        .containing(
                                Tag.named("VM_BOOT_OPTION", "VALUE", use.name()),
                                Tag.named("VM_WRITE_PROTECT", "VALUE", "YES")));
    }

    @Override
    public BootTarget oneTimeBoot() {
        return boot.oneTime();
    }

    @Override
    public void setOneTimeBoot(BootDevice device) {
        boot.setOneTime(device);
    }

    @Override
    public void clearOneTimeBoot() {
        boot.clearOneTime();
    }

    @Override
    public List<BootTarget> persistentBoot() {
        return boot.persistent();
    }

    @Override
    public void setPersistentBoot(BootDevice device) {
        boot.setPersistent(device);
    }

    @Override
    public void setPersistentBootLast(List<BootTarget> last) {
        boot.setPersistentLast(last);
    }

    @Override
    public Optional<BootMode> currentBootMode() {
        return boot.mode("GET_CURRENT_BOOT_MODE");
    }

    @Override
    public Optional<BootMode> pendingBootMode() {
        return boot.mode("GET_PENDING_BOOT_MODE");
    }

    @Override
    public Set<BootMode> supportedBootModes() {
        return boot.supportedModes();
    }

    @Override
    public void setBootMode(BootMode mode) {
        boot.setMode(mode);
    }

    @Override
    public Inventory inventory() {
        return new RibclInventory(ilo).read();
    }

    @Override
    public List<Sensor> sensors() {
        return new RibclSensors(ilo).read();
    }

    @Override
    public Indicator indicator() {
        String operation = "reading the indicator LED";
        RibclReply reply = ilo.call(operation, RibclCommand.read(SERVER_INFO, "GET_UID_STATUS"));
        return switch (required(reply, operation, "GET_UID_STATUS", "UID").toUpperCase(Locale.ROOT)) {
            case "ON" -> Indicator.ON;
            case "OFF" -> Indicator.OFF;
            default -> Indicator.BLINKING;
        };
    }

    @Override
    public void setIndicator(Indicator state) {
        if (state == Indicator.BLINKING) {
            throw NotOffered.fault(
                    "RIBCL can switch the indicator LED on and off, but not let it blink", "Set it to on.", null);
        }
        ilo.call(
                "setting the indicator LED",
                RibclCommand.write(SERVER_INFO, "UID_CONTROL", "UID", state == Indicator.ON ? "Yes" : "No"));
    }

    @Override
    public void resetIlo() {
        ilo.call("resetting the iLO", RibclCommand.write(RIB_INFO, "RESET_RIB"));
    }

    private String required(RibclReply reply, String operation, String tag, String attribute) {
        return reply.find(tag)
                .flatMap(each -> RibclReply.attribute(each, attribute))
                .orElseThrow(() -> ilo.lacking(operation, attribute));
    }

    private static boolean yes(Element element, String attribute) {
        return RibclReply.attribute(element, attribute)
                .filter("YES"::equalsIgnoreCase)
                .isPresent();
    }
}
