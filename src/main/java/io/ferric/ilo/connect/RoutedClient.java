package io.ferric.ilo.connect;

import io.ferric.ilo.client.Answer;
import io.ferric.ilo.client.BiosSetting;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.FirmwareVersion;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.PostState;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.connect.Route.Subject;
import io.ferric.ilo.connect.Routing.Heard;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.PowerState;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** Says for each question what it is about, and has {@link Routing} carry it. */
final class RoutedClient implements IloClient {
    private final Routing routing;
    private final Consumer<IloProtocol> listener;

    RoutedClient(Routing routing) {
        this(routing, protocol -> {});
    }

    /** @param listener hears which protocol gave each answer */
    private RoutedClient(Routing routing, Consumer<IloProtocol> listener) {
        this.routing = routing;
        this.listener = listener;
    }

    @Override
    public IloProtocol protocol() {
        return routing.first(Subject.POWER);
    }

    /** The protocol of the last answer, where the question took several. */
    @Override
    public <T> Answer<T> ask(Function<IloClient, T> question) {
        AtomicReference<IloProtocol> last = new AtomicReference<>();
        T value = question.apply(new RoutedClient(routing, last::set));
        return new Answer<>(value, Optional.ofNullable(last.get()).orElseGet(this::protocol));
    }

    @Override
    public Firmware firmware() {
        Firmware firmware = get(Subject.IDENTITY, IloClient::firmware);
        FirmwareVersion.in(firmware.version()).ifPresent(routing::firmwareIs);
        return firmware;
    }

    @Override
    public void resetIlo() {
        tell(Subject.RESET, IloClient::resetIlo);
        routing.forget();
    }

    @Override
    public PowerState power() {
        return get(Subject.POWER, IloClient::power);
    }

    @Override
    public void powerOn() {
        tell(Subject.POWER, IloClient::powerOn);
    }

    @Override
    public void pressPowerButton() {
        tell(Subject.POWER, IloClient::pressPowerButton);
    }

    @Override
    public void holdPowerButton() {
        tell(Subject.POWER, IloClient::holdPowerButton);
    }

    @Override
    public void reset() {
        tell(Subject.POWER, IloClient::reset);
    }

    @Override
    public void coldBoot() {
        tell(Subject.POWER, IloClient::coldBoot);
    }

    @Override
    public void injectNmi() {
        tell(Subject.NMI, IloClient::injectNmi);
    }

    @Override
    public Optional<PostState> postState() {
        return get(Subject.POST, IloClient::postState);
    }

    @Override
    public String productName() {
        return get(Subject.IDENTITY, IloClient::productName);
    }

    @Override
    public List<License> licenses() {
        return get(Subject.LICENSE, IloClient::licenses);
    }

    @Override
    public void insertMedia(MediaDrive drive, URI image) {
        tell(Subject.MEDIA, ilo -> ilo.insertMedia(drive, image));
    }

    @Override
    public void ejectMedia(MediaDrive drive) {
        tell(Subject.MEDIA, ilo -> ilo.ejectMedia(drive));
    }

    @Override
    public MediaStatus mediaStatus(MediaDrive drive) {
        return get(Subject.MEDIA, ilo -> ilo.mediaStatus(drive));
    }

    @Override
    public void connectMedia(MediaDrive drive, MediaUse use) {
        tell(Subject.MEDIA, ilo -> ilo.connectMedia(drive, use));
    }

    @Override
    public BootTarget oneTimeBoot() {
        return get(Subject.ONE_TIME_BOOT, IloClient::oneTimeBoot);
    }

    @Override
    public void setOneTimeBoot(BootDevice device) {
        tell(Subject.ONE_TIME_BOOT, ilo -> ilo.setOneTimeBoot(device));
    }

    @Override
    public void clearOneTimeBoot() {
        tell(Subject.ONE_TIME_BOOT, IloClient::clearOneTimeBoot);
    }

    @Override
    public List<BootTarget> persistentBoot() {
        return get(Subject.PERSISTENT_BOOT, IloClient::persistentBoot);
    }

    @Override
    public void setPersistentBoot(BootDevice device) {
        tell(Subject.PERSISTENT_BOOT, ilo -> ilo.setPersistentBoot(device));
    }

    @Override
    public void setPersistentBootLast(List<BootTarget> last) {
        tell(Subject.PERSISTENT_BOOT, ilo -> ilo.setPersistentBootLast(last));
    }

    @Override
    public Optional<BootMode> currentBootMode() {
        return get(Subject.BOOT_MODE, IloClient::currentBootMode);
    }

    @Override
    public Optional<BootMode> pendingBootMode() {
        return get(Subject.BOOT_MODE, IloClient::pendingBootMode);
    }

    @Override
    public Set<BootMode> supportedBootModes() {
        return get(Subject.BOOT_MODE, IloClient::supportedBootModes);
    }

    @Override
    public void setBootMode(BootMode mode) {
        tell(Subject.BOOT_MODE, ilo -> ilo.setBootMode(mode));
    }

    @Override
    public List<BiosSetting> biosSettings() {
        return get(Subject.BIOS, IloClient::biosSettings);
    }

    @Override
    public void changeBios(Map<String, String> settings) {
        tell(Subject.BIOS, ilo -> ilo.changeBios(settings));
    }

    @Override
    public void resetBios() {
        tell(Subject.BIOS, IloClient::resetBios);
    }

    @Override
    public Optional<Boolean> secureBoot() {
        return get(Subject.SECURE_BOOT, IloClient::secureBoot);
    }

    @Override
    public Inventory inventory() {
        return get(Subject.INVENTORY, IloClient::inventory);
    }

    @Override
    public List<Sensor> sensors() {
        return get(Subject.SENSORS, IloClient::sensors);
    }

    @Override
    public Indicator indicator() {
        return get(Subject.INDICATOR, IloClient::indicator);
    }

    @Override
    public void setIndicator(Indicator state) {
        tell(Subject.INDICATOR, ilo -> ilo.setIndicator(state));
    }

    private <T> T get(Subject subject, Function<IloClient, T> question) {
        Heard<T> heard = routing.ask(subject, question);
        listener.accept(heard.protocol());
        return heard.value();
    }

    private void tell(Subject subject, Consumer<IloClient> order) {
        get(subject, ilo -> {
            order.accept(ilo);
            return true;
        });
    }
}
