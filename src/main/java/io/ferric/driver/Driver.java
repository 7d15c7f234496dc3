package io.ferric.driver;

import java.util.List;
import java.util.Optional;

/**
 * One way of managing servers, made of small interfaces. A driver never saves a node, never sets a provision state and
 * never imports the conductor: it works through the {@link Task} it is handed, returns a {@link DeployOutcome} and
 * throws {@link io.ferric.node.NodeFault}. Implementations are safe for use by many threads; calls for one node never
 * overlap.
 */
public interface Driver {
    /** The hardware type, such as {@code ilo}. */
    String name();

    /** Other names a node may use for it, such as {@code iscsi_ilo}. */
    default List<String> aliases() {
        return List.of();
    }

    /** What a node may call the driver's interfaces. */
    default InterfaceNames interfaces() {
        return InterfaceNames.none();
    }

    /** What a node's {@code driver_info} can or must hold. */
    List<DriverProperty> properties();

    PowerInterface power();

    ManagementInterface management();

    DeployInterface deploy();

    /** Finds out what a server is made of; empty for a driver that cannot. */
    default Optional<InspectInterface> inspect() {
        return Optional.empty();
    }

    /** Virtual media for operators; empty for a driver that has none. */
    default Optional<MediaInterface> media() {
        return Optional.empty();
    }

    /** What can be done with a server while it is cleaned, deployed or serviced; empty for a driver without steps. */
    default Optional<StepsInterface> steps() {
        return Optional.empty();
    }

    default Optional<BiosInterface> bios() {
        return Optional.empty();
    }

    default Optional<FirmwareInterface> firmware() {
        return Optional.empty();
    }

    /** Empty for a driver whose ramdisk cannot rescue. */
    default Optional<RescueInterface> rescue() {
        return Optional.empty();
    }

    /** The driver's own methods, offered at {@code /vendor_passthru}. */
    default Optional<VendorInterface> vendor() {
        return Optional.empty();
    }

    /** Looks for what was left behind; a driver that keeps nothing outside of the database needs none. */
    default Optional<Housekeeping> housekeeping() {
        return Optional.empty();
    }
}
