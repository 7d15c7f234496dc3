package io.ferric.publish;

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

    static Operation ofObject(String name, String container, String object) {
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

    private String message(String reason) {
        return "Swift operation '" + name + "' failed: " + subject + (detail.isEmpty() ? "" : " (" + detail + ")")
                + ": " + reason;
    }
}
