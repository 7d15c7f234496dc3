package io.ferric.ilo;

import io.ferric.node.FaultCode;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.publish.PublishException;
import java.io.IOException;

/** Turns the exceptions of the rooms below into faults. */
final class Trouble {
    private Trouble() {}

    /** What could not be stored or signed. */
    static NodeFault publishing(String what, PublishException e) {
        return new OperationFailed(e.code(), what + " could not be published: " + e.getMessage(), "", e);
    }

    /** An image that could not be made. */
    static NodeFault making(String what, Exception e) {
        return new OperationFailed(
                FaultCode.IMAGE_CREATION_FAILED, what + " could not be made: " + e.getMessage(), "", e);
    }

    /** Something that could not be fetched. */
    static NodeFault fetching(String what, IOException e) {
        return deploy(what + " could not be fetched: " + e.getMessage(), "", e);
    }

    static NodeFault deploy(String message, String hint) {
        return deploy(message, hint, null);
    }

    private static NodeFault deploy(String message, String hint, Exception cause) {
        return new OperationFailed(FaultCode.INSTANCE_DEPLOY_FAILURE, message, hint, cause);
    }
}
