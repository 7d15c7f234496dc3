package io.ferric.ilo.client;

import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.PowerState;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One iLO and the server it manages, whatever protocol is spoken to it.
 *
 * <p>Every method is one or a few calls over the network, each bounded by {@link IloAccess#timeout()}. What the iLO
 * refuses or does not answer is thrown as {@link io.ferric.node.OperationFailed} with the code {@code IloOperationError}
 * and plain words; a rejected login is never tried again, for iLOs delay and lock out. Safe for use by many threads:
 * one call at a time goes to one iLO.
 */
public interface IloClient {
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
}
