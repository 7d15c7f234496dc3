package io.ferric.iscsi;

import java.nio.ByteBuffer;

/** Who understands the PDUs that a {@link PduReader} has taken off the wire. */
interface PduHandler {
    /**
     * Where the data segment of a Data-In goes: exactly {@code length} bytes are put there before {@link #received} is
     * called.
     */
    ByteBuffer sink(ByteBuffer header, int length) throws IscsiException;

    /** A complete PDU; the data of a Data-In is in its sink, that of any other is the rest of {@code data}. */
    void received(ByteBuffer header, ByteBuffer data) throws IscsiException;
}
