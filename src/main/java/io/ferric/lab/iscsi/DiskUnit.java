package io.ferric.lab.iscsi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A logical unit that is a disk (SBC-3): reading, writing, zeroing and saying what it is. */
final class DiskUnit implements LogicalUnit {
    private static final int MAX_LIST = 64 * 1024;

    private final SparseDisk disk;
    private final long blocks;
    private final DiskPages pages;
    private final AtomicLong bytesWritten = new AtomicLong();

    /**
     * @param capacity the size to report, no larger than the disk
     * @param thin whether zeroing by UNMAP and WRITE SAME is offered, and promised to read back as zeros
     */
    DiskUnit(SparseDisk disk, long capacity, String serial, boolean thin) {
        this.disk = disk;
        this.blocks = Math.min(capacity, disk.size()) / SparseDisk.BLOCK;
        this.pages = new DiskPages(blocks, serial, thin);
    }

    long bytesWritten() {
        return bytesWritten.get();
    }

    @Override
    public ScsiResult execute(ByteBuffer cdb) throws IOException {
        return switch (cdb.get(0) & 0xFF) {
            case 0x00, 0x1B -> ScsiResult.GOOD;
            case 0x03 -> ScsiResult.DataIn.of(Sense.NONE.bytes(), cdb.get(4) & 0xFF);
            case 0x12 -> pages.inquiry(cdb);
            case 0x1A -> ScsiResult.DataIn.of(DiskPages.modeSense6(), cdb.get(4) & 0xFF);
            case 0x5A -> ScsiResult.DataIn.of(DiskPages.modeSense10(), cdb.getShort(7) & 0xFFFF);
            case 0x25 -> ScsiResult.DataIn.of(pages.capacity10(), 8);
            case 0x9E -> serviceAction(cdb);
            case 0x28 -> read(unsigned(cdb, 2), cdb.getShort(7) & 0xFFFF);
            case 0x88 -> read(cdb.getLong(2), unsigned(cdb, 10));
            case 0x2A -> write(unsigned(cdb, 2), cdb.getShort(7) & 0xFFFF);
            case 0x8A -> write(cdb.getLong(2), unsigned(cdb, 10));
            case 0x35, 0x91 -> flush();
            case 0x42 -> unmap(cdb);
            case 0x93 -> writeSame(cdb);
            default -> ScsiResult.failed(Sense.INVALID_COMMAND);
        };
    }

    private ScsiResult serviceAction(ByteBuffer cdb) {
        return (cdb.get(1) & 0x1F) == 0x10
                ? ScsiResult.DataIn.of(pages.capacity16(), cdb.getInt(10))
                : ScsiResult.failed(Sense.INVALID_FIELD);
    }

    private ScsiResult read(long block, long count) {
        if (outside(block, count)) {
            return ScsiResult.failed(Sense.OUT_OF_RANGE);
        }
        long start = block * SparseDisk.BLOCK;
        return new ScsiResult.DataIn(count * SparseDisk.BLOCK, (offset, target) -> disk.read(start + offset, target));
    }

    private ScsiResult write(long block, long count) {
        if (outside(block, count)) {
            return ScsiResult.failed(Sense.OUT_OF_RANGE);
        }
        long start = block * SparseDisk.BLOCK;
        return new ScsiResult.DataOut(count * SparseDisk.BLOCK, new ScsiResult.Sink() {
            @Override
            public void write(long offset, ByteBuffer data) throws IOException {
                bytesWritten.addAndGet(data.remaining());
                disk.write(start + offset, data);
            }

            @Override
            public ScsiResult done() {
                return ScsiResult.GOOD;
            }
        });
    }

    private ScsiResult flush() throws IOException {
        disk.flush();
        return ScsiResult.GOOD;
    }

    private ScsiResult writeSame(ByteBuffer cdb) throws IOException {
        long block = cdb.getLong(2);
        long count = unsigned(cdb, 10);
        boolean noData = (cdb.get(1) & 1) != 0;
        if (!pages.thin()) {
            return ScsiResult.failed(Sense.INVALID_COMMAND);
        }
        if (outside(block, count)) {
            return ScsiResult.failed(Sense.OUT_OF_RANGE);
        }
        if (count == 0 || count > DiskPages.MAX_ZERO_BLOCKS) {
            return ScsiResult.failed(Sense.INVALID_FIELD);
        }
        if (noData) {
            disk.zero(block * SparseDisk.BLOCK, count * SparseDisk.BLOCK);
            return ScsiResult.GOOD;
        }
        return new ScsiResult.DataOut(SparseDisk.BLOCK, new Gathered(pattern -> repeat(pattern, block, count)));
    }

    private ScsiResult repeat(ByteBuffer pattern, long block, long count) throws IOException {
        byte[] bytes = new byte[pattern.remaining()];
        pattern.get(bytes);
        if (java.util.Arrays.equals(bytes, new byte[bytes.length])) {
            disk.zero(block * SparseDisk.BLOCK, count * SparseDisk.BLOCK);
        } else {
            for (long i = 0; i < count; i++) {
                disk.write((block + i) * SparseDisk.BLOCK, ByteBuffer.wrap(bytes));
            }
        }
        return ScsiResult.GOOD;
    }

    private ScsiResult unmap(ByteBuffer cdb) {
        int length = cdb.getShort(7) & 0xFFFF;
        if (!pages.thin()) {
            return ScsiResult.failed(Sense.INVALID_COMMAND);
        }
        return length == 0 ? ScsiResult.GOOD : new ScsiResult.DataOut(length, new Gathered(this::unmapListed));
    }

    /** The UNMAP parameter list (SBC-3, 5.28.2): an 8-byte head, then 16 bytes for each range. */
    private ScsiResult unmapListed(ByteBuffer list) throws IOException {
        if (list.remaining() < 8) {
            return ScsiResult.failed(new Sense(5, 0x1A, 0));
        }
        int end = Math.min(list.remaining(), 8 + (list.getShort(2) & 0xFFFF));
        for (int at = 8; at + 16 <= end; at += 16) {
            long block = list.getLong(at);
            long count = unsigned(list, at + 8);
            if (outside(block, count)) {
                return ScsiResult.failed(Sense.OUT_OF_RANGE);
            }
            if (count > DiskPages.MAX_ZERO_BLOCKS) {
                return ScsiResult.failed(new Sense(5, 0x26, 0));
            }
            disk.zero(block * SparseDisk.BLOCK, count * SparseDisk.BLOCK);
        }
        return ScsiResult.GOOD;
    }

    private boolean outside(long block, long count) {
        return block < 0 || count > blocks || block > blocks - count;
    }

    private static long unsigned(ByteBuffer buffer, int index) {
        return buffer.getInt(index) & 0xFFFFFFFFL;
    }

    /** What to do with a parameter list when it is complete. */
    @FunctionalInterface
    private interface WithList {
        ScsiResult apply(ByteBuffer list) throws IOException;
    }

    /** Gathers a short parameter list. */
    private record Gathered(ByteArrayOutputStream bytes, WithList then) implements ScsiResult.Sink {
        Gathered(WithList then) {
            this(new ByteArrayOutputStream(), then);
        }

        @Override
        public void write(long offset, ByteBuffer data) throws IOException {
            if (offset + data.remaining() > MAX_LIST) {
                throw new IOException("a parameter list of more than " + MAX_LIST + " bytes");
            }
            byte[] piece = new byte[data.remaining()];
            data.get(piece);
            bytes.writeBytes(piece);
        }

        @Override
        public ScsiResult done() throws IOException {
            return then.apply(ByteBuffer.wrap(bytes.toByteArray()));
        }
    }
}
