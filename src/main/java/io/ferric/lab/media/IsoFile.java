package io.ferric.lab.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A file or directory of a disc.
 *
 * @param name the Rock Ridge or Joliet name, else the ISO name
 * @param isoName the ISO name without its version and without a trailing dot
 */
public record IsoFile(String name, String isoName, boolean directory, boolean joliet, List<Extent> extents) {

    /** A run of sectors: where it starts, and its length in bytes. */
    public record Extent(long sector, long length) {}

    public IsoFile {
        extents = List.copyOf(extents);
    }

    /** The length in bytes. */
    public long size() {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    boolean isCalled(String wanted) {
        return name.equals(wanted) || isoName.equalsIgnoreCase(wanted);
    }

    /** This file with a further extent behind. */
    IsoFile plus(Extent extent) {
        List<Extent> more = new ArrayList<>(extents);
        more.add(extent);
        return new IsoFile(name, isoName, directory, joliet, more);
    }

    static IsoFile root(ByteBuffer littleEndianRecord) {
        return directory(littleEndianRecord, false);
    }

    static IsoFile jolietRoot(ByteBuffer littleEndianRecord) {
        return directory(littleEndianRecord, true);
    }

    private static IsoFile directory(ByteBuffer slice, boolean joliet) {
        ByteBuffer entry = slice.order(java.nio.ByteOrder.LITTLE_ENDIAN);
        Extent extent = new Extent(entry.getInt(2) & 0xFFFFFFFFL, entry.getInt(10) & 0xFFFFFFFFL);
        return new IsoFile("", "", true, joliet, List.of(extent));
    }

    Blocks extents(Blocks medium) {
        long size = size();
        return new Blocks() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void read(long position, byte[] target) throws IOException {
                if (position < 0 || target.length > size || position > size - target.length) {
                    throw new EOFException(target.length + " bytes at " + position + " of " + name);
                }
                long start = 0;
                int done = 0;
                for (Extent extent : extents) {
                    long at = position + done - start;
                    if (done < target.length && at < extent.length()) {
                        byte[] piece = new byte[(int) Math.min(target.length - done, extent.length() - at)];
                        medium.read(extent.sector() * IsoReader.SECTOR + at, piece);
                        System.arraycopy(piece, 0, target, done, piece.length);
                        done += piece.length;
                    }
                    start += extent.length();
                }
            }
        };
    }
}
