package io.ferric.ilo;

import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;

/** Carries out of a callback that something could not be removed from the store. */
final class Unremoved extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Unremoved(PublishException reason) {
        super(reason.getMessage(), reason);
    }

    static void remove(Publisher publisher, String name) {
        try {
            publisher.remove(name);
        } catch (PublishException e) {
            throw new Unremoved(e);
        }
    }

    PublishException reason() {
        return (PublishException) getCause();
    }
}
