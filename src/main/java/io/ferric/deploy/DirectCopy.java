package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.image.UnreadableImageException;
import io.ferric.iscsi.RemoteDisk;
import io.ferric.node.OperationFailed;
import java.io.IOException;

/** Copies images onto disks elsewhere, for those who want this and no deploy around it. For many threads. */
public final class DirectCopy {
    private final BufferPool buffers = new BufferPool();

    /**
     * Writes an image's content to a place of a disk and nothing beside it; zeros are made by the disk where it can. The
     * disk must be large enough, and be flushed afterwards.
     *
     * @return bytes sent as data
     * @throws UnreadableImageException when something is wrong with the image
     * @throws OperationFailed when the image's file cannot be read
     * @throws IOException when the disk fails
     */
    public long copy(DiskImage image, RemoteDisk disk, long at, Progress progress) throws IOException {
        try {
            return DiskWriter.exact(new IscsiDisk(disk), buffers).send(image, at, progress);
        } catch (OperationFailed e) {
            if (e.getCause() instanceof UnreadableImageException unreadable) {
                throw unreadable;
            }
            throw e;
        }
    }
}
