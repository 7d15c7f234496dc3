package io.ferric.ilo.client;

import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.PowerState;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One iLO and the server it manages, whatever protocol is spoken to it.
 *
 * <p>Every method is one or a few calls over the network, each bounded by {@link IloAccess#timeout()}. What the iLO
 * refuses or does not answer is thrown as {@link io.ferric.node.OperationFailed} with the code {@code IloOperationError}
 * and plain words; a rejected login is never tried again, for iLOs delay and lock out. Safe for use by many threads:
 * one call at a time goes to one iLO.
 */
public interface IloClient {
    /** The protocol it speaks; of one that speaks several the one it would try first. */
    IloProtocol protocol();

    /**
     * Asks something and tells which protocol gave the answer: {@code ilo.ask(IloClient::power)}.
     *
     * @param question one call of this interface
     */
    default <T> Answer<T> ask(Function<IloClient, T> question) {
        return new Answer<>(question.apply(this), protocol());
    }

    /** {@code ERROR} when the iLO says neither on nor off. */
    PowerState power();

    /** Switches on; nothing happens when the server is on. Returns before the server has reached the state. */
    void powerOn();

    /** A short press: asks the operating system to shut down, or switches on a server that is off. */
    void pressPowerButton();

    /** Holds the button until the power is off; a server that is off stays off. */
    void holdPowerButton();

    /** Resets without shutting down. Fails when the server is off. */
    void reset();

    /** Off and on again. Fails when the server is off. */
    void coldBoot();

    /** Sends the server a non-maskable interrupt, which makes most operating systems dump their memory. */
    default void injectNmi() {
        throw NotOffered.by(this, "sending an NMI");
    }

    /** How far the server has come in its self-test; empty when the iLO does not tell. */
    default Optional<PostState> postState() {
        return Optional.empty();
    }

    /** Such as {@code ProLiant DL380 Gen9}. */
    String productName();

    Firmware firmware();

    /** Every license the iLO has, empty when it has none. */
    List<License> licenses();

    /** Puts an image in a drive; what was in it is replaced. An answer without error does not yet prove it is in. */
    void insertMedia(MediaDrive drive, URI image);

    /** Takes out what is in; content when nothing is. */
    void ejectMedia(MediaDrive drive);

    MediaStatus mediaStatus(MediaDrive drive);

    /** Says when the server gets to see what was inserted; always write protected. */
    void connectMedia(MediaDrive drive, MediaUse use);

    /** What the next boot and only the next comes from; {@link BootTarget#NORMAL} when nothing is set. */
    BootTarget oneTimeBoot();

    void setOneTimeBoot(BootDevice device);

    /** Has the next boot follow the boot order. */
    void clearOneTimeBoot();

    /** The boot order, first choice first; empty when the iLO does not tell. */
    List<BootTarget> persistentBoot();

    /** Puts the device first in the boot order; of several disks all, as they follow each other. */
    void setPersistentBoot(BootDevice device);

    /** Puts these last in the boot order, in this order; all others go before them as they are. */
    void setPersistentBootLast(List<BootTarget> last);

    /** The mode of the boot that runs now. {@code BIOS} for hardware that knows no other. */
    Optional<BootMode> currentBootMode();

    /** The mode of the next boot; empty when none was ever set. {@code BIOS} for hardware that knows no other. */
    Optional<BootMode> pendingBootMode();

    Set<BootMode> supportedBootModes();

    /** Takes effect at the next reset. */
    void setBootMode(BootMode mode);

    /** Whether the boot that runs now was secured; empty when the hardware knows nothing of it. */
    default Optional<Boolean> secureBoot() {
        return Optional.empty();
    }

    /** What the server is made of; what the iLO does not tell is empty. */
    default Inventory inventory() {
        throw NotOffered.by(this, "reading the inventory");
    }

    /** Temperatures, fans and power supplies as they are now. */
    default List<Sensor> sensors() {
        throw NotOffered.by(this, "reading the sensors");
    }

    /** The light by which a server is found in its rack. */
    default Indicator indicator() {
        throw NotOffered.by(this, "reading the indicator LED");
    }

    default void setIndicator(Indicator state) {
        throw NotOffered.by(this, "setting the indicator LED");
    }

    /** The settings of the server's BIOS, as they are and as the next boot makes them. */
    default List<BiosSetting> biosSettings() {
        throw NotOffered.by(this, "reading the BIOS settings");
    }

    /** Has the next boot make these settings; all or none. */
    default void changeBios(Map<String, String> settings) {
        throw NotOffered.by(this, "changing BIOS settings");
    }

    /** Has the next boot make the settings those of the factory. */
    default void resetBios() {
        throw NotOffered.by(this, "resetting the BIOS settings");
    }

    /** Restarts the iLO, not the server; it does not answer for a minute or more. */
    default void resetIlo() {
        throw NotOffered.by(this, "resetting the iLO");
    }
}
