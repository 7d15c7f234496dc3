package io.ferric.driver.fake;

import java.util.Locale;

/** A thing the fake driver is asked to do; its name in lower case is used in {@code driver_info}. */
public enum FakeStep {
    VALIDATE,
    POWER_STATE,
    POWER_SET,
    GET_BOOT_DEVICE,
    SET_BOOT_DEVICE,
    SET_BOOT_MODE,
    SENSORS,
    GET_INDICATOR,
    SET_INDICATOR,
    NMI,
    INSPECT,
    ATTACH,
    DETACH,
    ATTACHED,
    PREPARE,
    DEPLOY,
    RESUME,
    TEAR_DOWN,
    CLEAN_UP,
    STEP,
    STEP_RESUME,
    STEP_CLEAN_UP,
    RESCUE,
    UNRESCUE,
    VENDOR;

    /** The name used in {@code driver_info}, such as {@code tear_down}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
