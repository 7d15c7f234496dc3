package io.ferric.ilo.redfish;

import io.ferric.ilo.client.BiosSetting;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.PostState;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.PowerState;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Speaks Redfish with iLO 4 to iLO 7. The parts know how; this only names them. */
final class RedfishClient implements IloClient {
    private final RedfishPower power;
    private final RedfishMedia media;
    private final RedfishBoot boot;
    private final RedfishBootOrder order;
    private final RedfishBios bios;
    private final RedfishBiosSettings settings;
    private final RedfishManager manager;
    private final RedfishInventory inventory;
    private final RedfishSensors sensors;
    private final RedfishIndicator indicator;

    RedfishClient(RedfishIlo ilo) {
        this.power = new RedfishPower(ilo);
        this.media = new RedfishMedia(ilo);
        this.boot = new RedfishBoot(ilo);
        this.order = new RedfishBootOrder(ilo);
        this.bios = new RedfishBios(ilo);
        this.settings = new RedfishBiosSettings(ilo);
        this.manager = new RedfishManager(ilo);
        this.inventory = new RedfishInventory(ilo);
        this.sensors = new RedfishSensors(ilo);
        this.indicator = new RedfishIndicator(ilo);
    }

    @Override
    public IloProtocol protocol() {
        return IloProtocol.REDFISH;
    }

    @Override
    public PowerState power() {
        return power.state();
    }

    @Override
    public void powerOn() {
        power.on();
    }

    @Override
    public void pressPowerButton() {
        power.pressButton();
    }

    @Override
    public void holdPowerButton() {
        power.holdButton();
    }

    @Override
    public void reset() {
        power.reset();
    }

    @Override
    public void coldBoot() {
        power.coldBoot();
    }

    @Override
    public void injectNmi() {
        power.injectNmi();
    }

    @Override
    public Optional<PostState> postState() {
        return power.postState();
    }

    @Override
    public String productName() {
        return manager.productName();
    }

    @Override
    public Firmware firmware() {
        return manager.firmware();
    }

    @Override
    public List<License> licenses() {
        return manager.licenses();
    }

    @Override
    public void insertMedia(MediaDrive drive, URI image) {
        media.insert(drive, image);
    }

    @Override
    public void ejectMedia(MediaDrive drive) {
        media.eject(drive);
    }

    @Override
    public MediaStatus mediaStatus(MediaDrive drive) {
        return media.status(drive);
    }

    @Override
    public void connectMedia(MediaDrive drive, MediaUse use) {
        media.connect(drive, use);
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
        return order.read();
    }

    @Override
    public void setPersistentBoot(BootDevice device) {
        order.putFirst(device);
    }

    @Override
    public void setPersistentBootLast(List<BootTarget> last) {
        order.putLast(last);
    }

    @Override
    public Optional<BootMode> currentBootMode() {
        return bios.currentMode();
    }

    @Override
    public Optional<BootMode> pendingBootMode() {
        return bios.pendingMode();
    }

    @Override
    public Set<BootMode> supportedBootModes() {
        return bios.supportedModes();
    }

    @Override
    public void setBootMode(BootMode mode) {
        bios.setMode(mode);
    }

    @Override
    public Optional<Boolean> secureBoot() {
        return bios.secureBoot();
    }

    @Override
    public List<BiosSetting> biosSettings() {
        return settings.read();
    }

    @Override
    public void changeBios(Map<String, String> changes) {
        settings.change(changes);
    }

    @Override
    public void resetBios() {
        settings.reset();
    }

    @Override
    public Inventory inventory() {
        return inventory.read();
    }

    @Override
    public List<Sensor> sensors() {
        return sensors.read();
    }

    @Override
    public Indicator indicator() {
        return indicator.read();
    }

    @Override
    public void setIndicator(Indicator state) {
        indicator.set(state);
    }

    @Override
    public void resetIlo() {
        manager.reset();
    }
}
