package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.iscsi.RemoteDisk;
import java.io.IOException;

/** Copies images onto disks elsewhere, for those who want this and no deploy around it. For many threads. */
public final class DirectCopy {
    private final BufferPool buffers = new BufferPool();

    /**
     * Writes an image's content to a place of a disk and nothing beside it; zeros are made by the disk where it can. The
     * disk must be large enough, and be flushed afterwards.
     *
     * @return bytes sent as data
     * @throws io.ferric.node.OperationFailed when the image cannot be read
     * @throws IOException when the disk fails
     */
    public long copy(DiskImage image, RemoteDisk disk, long at, Progress progress) throws IOException {
        return DiskWriter.exact(new IscsiDisk(disk), buffers).send(image, at, progress);
    }
}
