package io.ferric.driver;

import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and changes what a server boots from and how. */
public interface ManagementInterface {
    /** Notes everything that is wrong with the node's settings; asks no hardware. */
    void validate(Task task, Findings findings);

    List<BootDevice> supportedBootDevices(Task task);

    BootChoice bootDevice(Task task);

    /** @param persistent for every boot from now on, or for the next one only */
    void setBootDevice(Task task, BootDevice device, boolean persistent);

    /** The mode the server will boot with; empty when the hardware cannot tell. */
    Optional<BootMode> bootMode(Task task);

    void setBootMode(Task task, BootMode mode);

    /** The modes that can be set; empty when the hardware does not tell. */
    default Set<BootMode> supportedBootModes(Task task) {
        return Set.of();
    }

    /** Whether the boot that runs now was secured; empty when the hardware cannot tell. */
    default Optional<Boolean> secureBoot(Task task) {
        return Optional.empty();
    }

    /**
     * What can be measured now, by kind ({@code Temperature}, {@code Fan}, {@code Power}) and name; each reading a map of
     * plain JSON values.
     */
    default Map<String, Map<String, Object>> sensors(Task task) {
        throw Unsupported.because("reading sensors");
    }

    /** The lights one can switch; empty when there is none. */
    default List<IndicatorLight> indicators(Task task) {
        return List.of();
    }

    /** @throws io.ferric.node.InvalidRequest when there is no such light */
    default IndicatorState indicator(Task task, IndicatorLight light) {
        throw Unsupported.because("reading the indicator " + light.name());
    }

    default void setIndicator(Task task, IndicatorLight light, IndicatorState state) {
        throw Unsupported.because("setting the indicator " + light.name());
    }

    /** Sends the server a non-maskable interrupt. */
    default void injectNmi(Task task) {
        throw Unsupported.because("sending an NMI");
    }

    /** A light's state. Source: Ironic's indicator states. */
    enum IndicatorState {
        ON,
        OFF,
        BLINKING
    }

    /**
     * A light.
     *
     * @param component what it is on: {@code chassis}, {@code system}, {@code disk}
     * @param name such as {@code led}
     * @param states those that can be set
     */
    record IndicatorLight(String component, String name, Set<IndicatorState> states) {}

    /**
     * What the server boots from.
     *
     * @param device empty when it is none of the devices we know
     * @param persistent empty when the hardware does not say
     */
    record BootChoice(Optional<BootDevice> device, Optional<Boolean> persistent) {}
}
