package io.ferric.driver;

import java.util.Set;

/**
 * A method of a driver's own, as offered at {@code /v1/nodes/<node>/vendor_passthru/<name>}.
 *
 * @param httpMethods in upper case
 */
public record VendorMethod(String name, String description, Set<String> httpMethods, Mode mode) {
    /** What happens with a call. */
    public enum Mode {
        /** The caller waits for the answer. */
        SYNC,
        /** The caller is sent away once the call is accepted; a worker does it. */
        ASYNC,
        /** As {@code ASYNC}, and the call is the ramdisk's: it continues a deploy that waits for it, once a wait. */
        CONTINUES_DEPLOY
    }
}
