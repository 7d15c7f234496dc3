package io.ferric.publish.connector;

/**
 * What goes with a request. It can be sent again from its start, and its length is announced before the first octet, so
 * that a service never takes a part for the whole.
 */
public sealed interface Body permits FileBody, Body.Octets {
    /** Octets. */
    long length();

    /** A short document. */
    static Body of(byte[] octets) {
        return new Octets(octets);
    }

    /** Octets in memory. */
    record Octets(byte[] octets) implements Body {
        @Override
        public long length() {
            return octets.length;
        }
    }
}
