package io.ferric.iscsi;

/** Whether PDUs carry a CRC32C of their own beside TCP's checksum (RFC 7143 section 13.1). */
public enum DigestPolicy {
    /** Not wanted; a target that insists refuses the login. */
    OFF("None"),
    /** Used when the target can. */
    PREFERRED("CRC32C,None"),
    /** A target that cannot is refused. */
    REQUIRED("CRC32C");

    private final String offer;

    DigestPolicy(String offer) {
        this.offer = offer;
    }

    /** The value list of HeaderDigest or DataDigest in the login. */
    String offer() {
        return offer;
    }
}
