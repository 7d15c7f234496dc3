package io.ferric.lab.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A logical unit of the target. */
interface LogicalUnit {
    /** Begins a command. The CDB has 16 bytes and is read by absolute index. */
    ScsiResult execute(ByteBuffer cdb) throws IOException;
}
