package io.ferric.publish;

import java.io.IOException;

/**
 * What is asked of Swift, for messages.
 *
 * @param name in words, as {@code put object}
 * @param subject what it is done to, as {@code object boot.iso in container isos}
 * @param detail what else may explain a refusal; may be empty
 */
record Operation(String name, String subject, String detail) {
    static Operation ofAccount(String name) {
        return new Operation(name, "the account", "");
    }

    static Operation ofContainer(String name, String container) {
        return new Operation(name, "container " + container, "");
    }

    /** @throws PublishException for names that would make another request than was meant */
    static Operation ofObject(String name, String container, String object) throws PublishException {
        if (container.isEmpty() || container.contains("/") || object.isEmpty()) {
            throw new PublishException(
                    PublishException.INVALID_PARAMETER_VALUE,
                    "Swift operation '" + name + "' failed: there is no container \"" + container
                            + "\" with an object \"" + object
                            + "\"; a container's name has no slash, and neither name is empty.");
        }
        return new Operation(name, "container " + container + ", object " + object, "");
    }

    Operation detailed(String more) {
        return new Operation(name, subject, more);
    }

    PublishException failure(String reason) {
        return new PublishException(PublishException.SWIFT_OPERATION_ERROR, message(reason));
    }

    PublishException failure(String reason, Throwable cause) {
        return new PublishException(PublishException.SWIFT_OPERATION_ERROR, message(reason), cause);
    }

    /** Reads what is to be sent; a file that cannot be read is no fault of Swift. */
    <T> T reading(Retries.Attempt<T> attempt) throws PublishException {
        try {
            return attempt.send();
        } catch (IOException e) {
            throw failure("the file cannot be read: " + Faults.reason(e) + ".", e);
        }
    }

    private String message(String reason) {
        return "Swift operation '" + name + "' failed: " + subject + (detail.isEmpty() ? "" : " (" + detail + ")")
                + ": " + reason;
    }
}
