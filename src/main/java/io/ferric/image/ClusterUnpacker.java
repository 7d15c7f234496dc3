package io.ferric.image;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses clusters of a qcow2 image, each by itself. A cluster never becomes more than a cluster, whatever its
 * compressed bytes would go on to say, and one that becomes less is refused. For one thread.
 */
interface ClusterUnpacker extends Closeable {
    /** Fills the target; both buffers are direct ones. */
    void unpack(ByteBuffer compressed, ByteBuffer target) throws UnreadableImageException;

    @Override
    void close();

    static ClusterUnpacker of(Qcow2Header header) throws UnreadableImageException {
        return header.zstd() ? new Zstd() : new Deflate();
    }

    /** Deflate without header and checksum (RFC 1951). */
    final class Deflate implements ClusterUnpacker {
        private final Inflater inflater = new Inflater(true);

        @Override
        public void unpack(ByteBuffer compressed, ByteBuffer target) throws UnreadableImageException {
            inflater.reset();
            inflater.setInput(compressed);
            try {
                while (target.hasRemaining()) {
                    if (inflater.inflate(target) == 0) {
                        throw new UnreadableImageException("one of its compressed clusters ends too early");
                    }
                }
            } catch (DataFormatException e) {
                throw new UnreadableImageException("one of its compressed clusters is damaged: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            inflater.end();
        }
    }

    /** One frame of zstd (RFC 8878). */
    final class Zstd implements ClusterUnpacker {
        private final ZstdDecompressCtx context;

        Zstd() throws UnreadableImageException {
            ZstdLibrary.require();
            context = new ZstdDecompressCtx();
        }

        @Override
        public void unpack(ByteBuffer compressed, ByteBuffer target) throws UnreadableImageException {
            context.reset();
            try {
                while (target.hasRemaining()) {
                    int before = target.remaining() + compressed.remaining();
                    boolean ended = context.decompressDirectByteBufferStream(target, compressed);
                    boolean stuck = target.remaining() + compressed.remaining() == before;
                    if (target.hasRemaining() && (ended || stuck)) {
                        throw new UnreadableImageException("one of its compressed clusters ends too early");
                    }
                }
            } catch (ZstdException e) {
                throw new UnreadableImageException("one of its compressed clusters is damaged: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
