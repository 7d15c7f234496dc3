package io.ferric.driver;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;

/** The fault for what a driver, or the hardware behind it, does not do. */
public final class Unsupported {
    private Unsupported() {}

    /** @param what is not done, such as {@code sending an NMI}; nothing was changed */
    public static InvalidRequest because(String what) {
        return new InvalidRequest(
                FaultCode.UNSUPPORTED_DRIVER_EXTENSION, "The node's driver does not support " + what + ".", "");
    }
}
