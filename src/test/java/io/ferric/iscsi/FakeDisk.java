package io.ferric.iscsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The logical unit of {@link FakeTarget}: sparse memory and the answers of a disk. Sees commands and data, no PDUs. */
final class FakeDisk {
    private static final int PIECE = 64 * 1024;

    final int blockSize;
    final long size;
    final Map<Integer, byte[]> pages = new TreeMap<>();
    private final Map<Long, byte[]> pieces = new TreeMap<>();
    int peripheral;
    byte[] lbaStatus = {};
    int writeSames;
    int unmaps;
    int synchronizations;
    int writes;
    /** Makes UNMAP a promise that is not kept. */
    boolean unmapDoesNothing;

    FakeDisk(long size, int blockSize) {
        this.size = size;
        this.blockSize = blockSize;
        pages.put(0x80, "FAKE-0001".getBytes(StandardCharsets.US_ASCII));
    }

    /** Block limits page with the most blocks of one transfer, UNMAP and WRITE SAME. */
    FakeDisk limits(int transfer, int unmap, long writeSame) {
        byte[] page = new byte[60];
        ByteBuffer.wrap(page)
                .putInt(4, transfer)
                .putInt(16, unmap)
                .putInt(20, 1)
                .putLong(32, writeSame);
        pages.put(0xb0, page);
        return this;
    }

    /** Logical block provisioning page. */
    FakeDisk provisioning(int flags) {
        pages.put(0xb2, new byte[] {0, (byte) flags, 2, 0});
        return this;
    }

    synchronized byte[] read(long position, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; ) {
            byte[] piece = pieces.get((position + i) / PIECE);
            int count = (int) Math.min(PIECE - (position + i) % PIECE, length - i);
            if (piece != null) {
                System.arraycopy(piece, (int) ((position + i) % PIECE), bytes, i, count);
            }
            i += count;
        }
        return bytes;
    }

    synchronized void write(long position, byte[] bytes) {
        for (int i = 0; i < bytes.length; ) {
            byte[] piece = pieces.computeIfAbsent((position + i) / PIECE, key -> new byte[PIECE]);
            int count = (int) Math.min(PIECE - (position + i) % PIECE, bytes.length - i);
            System.arraycopy(bytes, i, piece, (int) ((position + i) % PIECE), count);
            i += count;
        }
    }

    /** Data of a command that reads. */
    byte[] answer(ByteBuffer cdb) {
        return switch (cdb.get(0) & 0xff) {
            case 0x12 -> cdb.get(1) == 0 ? inquiry() : page(cdb.get(2) & 0xff);
            case 0x9e -> cdb.get(1) == 0x10 ? capacity() : lbaStatus;
            case 0x88 -> read(cdb.getLong(2) * blockSize, cdb.getInt(10) * blockSize);
            default -> new byte[0];
        };
    }

    /** Carries out a command that has all its data, if it has any. */
    synchronized void carryOut(ByteBuffer cdb, byte[] data) {
        switch (cdb.get(0) & 0xff) {
            case 0x8a -> {
                writes++;
                write(cdb.getLong(2) * blockSize, data);
            }
            case 0x93 -> {
                writeSames++;
                for (int i = 0; i < cdb.getInt(10); i++) {
                    write((cdb.getLong(2) + i) * blockSize, data);
                }
            }
            case 0x42 -> unmap(ByteBuffer.wrap(data));
            case 0x91, 0x35 -> synchronizations++;
            default -> {
                // the others change nothing
            }
        }
    }

    private void unmap(ByteBuffer list) {
        unmaps++;
        if (!unmapDoesNothing) {
            write(list.getLong(8) * blockSize, new byte[list.getInt(16) * blockSize]);
        }
    }

    private byte[] inquiry() {
        byte[] bytes = new byte[36];
        Arrays.fill(bytes, 8, 36, (byte) ' ');
        bytes[0] = (byte) peripheral;
        put(bytes, 8, "FAKE");
        put(bytes, 16, "PRETEND DISK");
        put(bytes, 32, "1.0");
        return bytes;
    }

    private byte[] page(int page) {
        byte[] body = pages.getOrDefault(page, new byte[0]);
        if (page == 0) {
            body = new byte[pages.size() + 1];
            int i = 1;
            for (int known : pages.keySet()) {
                body[i++] = (byte) known;
            }
        }
        return ByteBuffer.allocate(4 + body.length)
                .put((byte) 0)
                .put((byte) page)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    private byte[] capacity() {
        return ByteBuffer.allocate(32)
                .putLong(size / blockSize - 1)
                .putInt(blockSize)
                .array();
    }

    private static void put(byte[] bytes, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, bytes, at, ascii.length);
    }
}
