package io.ferric.ilo;

import io.ferric.ilo.client.NotOffered;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import java.util.function.Supplier;

/** Tells callers who ask for what this iLO does not do, that asking again is of no use. */
final class Offer {
    private Offer() {}

    /** @throws InvalidRequest with {@code UnsupportedDriverExtension} when the iLO does not do it */
    static <T> T of(Supplier<T> question) {
        try {
            return question.get();
        } catch (OperationFailed e) {
            if (!NotOffered.caused(e)) {
                throw e;
            }
            throw new InvalidRequest(
                    FaultCode.UNSUPPORTED_DRIVER_EXTENSION,
                    e.getMessage(),
                    e.hint().orElse(""),
                    e);
        }
    }

    static void of(Runnable work) {
        of(() -> {
            work.run();
            return true;
        });
    }
}
