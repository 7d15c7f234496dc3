package io.ferric.driver;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.List;
import java.util.Map;

/** A driver's own methods. Every call is accepted first, under the node's lock, and worked on after that. */
public interface VendorInterface {
    List<VendorMethod> methods();

    /**
     * Checks a call, changing nothing.
     *
     * @return the call as it shall be remembered for the work, without secrets
     * @throws InvalidRequest when the call is not what it should be
     */
    VendorCall accept(Task task, VendorCall call);

    /** Does the work of a {@code SYNC} or {@code ASYNC} method; the answer of an {@code ASYNC} one is dropped. */
    default Map<String, Object> answer(Task task, VendorCall call) {
        throw unsupported(call.method());
    }

    /** Does the work of a {@code CONTINUES_DEPLOY} method: the next visit of a deploy. */
    default DeployOutcome resume(Task task, VendorCall call) {
        throw unsupported(call.method());
    }

    /** The fault for a method this driver does not have; a driver may word it as its clients know it. */
    default InvalidRequest unsupported(String method) {
        return new InvalidRequest(
                FaultCode.INVALID_PARAMETER_VALUE,
                "Unsupported method (" + method + ") passed to the driver.",
                "GET .../vendor_passthru/methods lists those it has.");
    }
}
