package io.ferric.ilo.wire;

/** How old a TLS may be spoken to an iLO. */
public enum TlsAge {
    /** TLS 1.2 or 1.3, as this Java allows. */
    MODERN,
    /**
     * Also TLS 1.0 and 1.1 and the ciphers of their time, for iLO firmware that knows nothing better. Whoever listens on
     * the network may be able to read the password. Holds for the connections that ask for it and for nothing else in
     * this process.
     */
    OLD
}
