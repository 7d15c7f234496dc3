package io.ferric.conductor;

import io.ferric.node.FaultCode;
import io.ferric.node.Masking;
import io.ferric.node.NodeFault;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what went wrong in words for an operator. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** What happened, without a stack trace and without secrets; what nobody foresaw goes to the log in full. */
    static String inPlainWords(UUID node, Throwable failure) {
        if (failure instanceof NodeFault fault) {
            LOG.debug("work on node {} failed", node, failure);
            return Masking.text(fault.inPlainWords());
        }
        LOG.error("work on node {} failed in a way nobody foresaw", node, failure);
        return FaultCode.INTERNAL_ERROR + ": an unexpected "
                + failure.getClass().getSimpleName() + " stopped the work. The conductor's log has the details.";
    }
}
