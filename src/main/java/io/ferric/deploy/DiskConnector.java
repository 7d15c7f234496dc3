package io.ferric.deploy;

import io.ferric.iscsi.IscsiOptions;
import io.ferric.iscsi.IscsiTarget;
import io.ferric.iscsi.RemoteDisk;
import java.io.IOException;

/** Opens the disk behind an iSCSI target: the seam between this room and the wire. Safe for use by many threads. */
@FunctionalInterface
public interface DiskConnector {
    Disk open(IscsiTarget target) throws IOException;

    /** Over iSCSI, by our own initiator. */
    static DiskConnector iscsi(IscsiOptions options) {
        return target -> new IscsiDisk(RemoteDisk.open(target, options));
    }
}
