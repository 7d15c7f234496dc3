package io.ferric.iscsi;

import io.ferric.iscsi.DiskProfile.ZeroMethod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Asks a logical unit what it is: TEST UNIT READY, INQUIRY with the pages we understand, READ CAPACITY(16) (SPC-4
 * sections 6.4 and 7.8, SBC-3 sections 5.16, 6.5.3 and 6.5.4).
 */
final class DiskProbe {
    private static final int ALLOCATION = 1024;
    private static final int SHORTEST_INQUIRY = 36;
    private static final int SHORTEST_CAPACITY = 12;
    private static final int PAGE_HEADER = 4;
    private static final int SUPPORTED_PAGES = 0x00;
    private static final int SERIAL = 0x80;
    private static final int IDENTIFICATION = 0x83;
    private static final int BLOCK_LIMITS = 0xb0;
    private static final int PROVISIONING = 0xb2;
    private static final int NAA = 3;
    private static final int EUI64 = 2;
    private static final int LBPU = 0x80;
    private static final int LBPWS = 0x40;
    private static final int LBPRZ = 0x04;
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final IscsiSession session;
    private final IscsiTarget target;
    private final Task task;

    DiskProbe(IscsiSession session, IscsiTarget target) {
        this.session = session;
        this.target = target;
        task = session.control();
    }

    /** All that we want to know. Refuses what is not a disk, and disks with sizes we cannot work with. */
    DiskProfile probe() throws IOException {
        ByteBuffer inquiry = run(ScsiCommand.inquiry(task, ALLOCATION), SHORTEST_INQUIRY);
        refuseOther(inquiry.get(0) & 0xff);
        String vendor = text(inquiry, 8, 8);
        String product = text(inquiry, 16, 16);
        String revision = text(inquiry, 32, 4);
        session.run(ScsiCommand.testUnitReady(task));
        ByteBuffer capacity = run(ScsiCommand.readCapacity(task), SHORTEST_CAPACITY);
        int blockSize = blockSize(capacity.getInt(8));
        long blocks = blocks(capacity.getLong(0), blockSize);
        ByteBuffer pages = page(SUPPORTED_PAGES);
        Optional<String> serial = serial(pageIfListed(pages, SERIAL));
        DiskIdentity identity =
                new DiskIdentity(vendor, product, revision, serial, wwn(pageIfListed(pages, IDENTIFICATION)));
        ByteBuffer limits = pageIfListed(pages, BLOCK_LIMITS);
        ByteBuffer provisioning = pageIfListed(pages, PROVISIONING);
        return profile(identity, blockSize, blocks, limits, provisioning);
    }

    private static DiskProfile profile(
            DiskIdentity identity, int blockSize, long blocks, ByteBuffer limits, ByteBuffer provisioning) {
        int flags = provisioning.limit() > 5 ? provisioning.get(5) & 0xff : 0;
        boolean promised = (flags & LBPRZ) != 0;
        long maxSame = limits.limit() >= 44 ? limits.getLong(36) : 0;
        long maxUnmap = limits.limit() >= 24 ? limits.getInt(20) & 0xffffffffL : 0;
        long maxTransfer = limits.limit() >= 12 ? limits.getInt(8) & 0xffffffffL : 0;
        ZeroMethod method = ZeroMethod.NONE;
        long maxZero = bounded(maxSame);
        if (promised && (flags & LBPWS) != 0) {
            method = ZeroMethod.WRITE_SAME_UNMAP;
        } else if (maxSame != 0) {
            method = ZeroMethod.WRITE_SAME;
        } else if (promised && (flags & LBPU) != 0 && maxUnmap != 0) {
            method = ZeroMethod.UNMAP;
            maxZero = bounded(maxUnmap);
        }
        return new DiskProfile(identity, blockSize, blocks, bounded(maxTransfer), method, maxZero);
    }

    /** Zero means that the disk states no limit. */
    private static long bounded(long limit) {
        return limit <= 0 || limit > UNLIMITED ? UNLIMITED : limit;
    }

    private void refuseOther(int device) throws IscsiException {
        int type = device & 0x1f;
        if (device >>> 5 != 0 || type == 0x1f) {
            throw unusable("is not there; cure: check the LUN (tgt and LIO ramdisks have their disk at LUN 1)");
        }
        if (type != 0) {
            throw unusable("is not a disk but a device of type 0x" + Integer.toHexString(type)
                    + "; cure: check the LUN (tgt's LUN 0 is its controller, the disk is LUN 1)");
        }
    }

    private int blockSize(int bytes) throws IscsiException {
        if (bytes < 512 || bytes > 4096 || Integer.bitCount(bytes) != 1) {
            throw unusable("has blocks of " + bytes + " bytes; Ferric works with 512 to 4096");
        }
        return bytes;
    }

    private long blocks(long last, int blockSize) throws IscsiException {
        if (last < 0 || last >= Long.MAX_VALUE / blockSize) {
            throw unusable("states an impossible size: last block " + last);
        }
        return last + 1;
    }

    private IscsiException unusable(String why) {
        return new IscsiException("iSCSI target " + target.portal() + ": LUN " + target.lun() + " " + why);
    }

    private static Optional<String> serial(ByteBuffer page) {
        return Optional.of(text(page, PAGE_HEADER, page.limit() - PAGE_HEADER)).filter(text -> !text.isEmpty());
    }

    /** The designator of the disk itself with the type most worth having. */
    private static Optional<String> wwn(ByteBuffer page) {
        Optional<String> eui = Optional.empty();
        int at = PAGE_HEADER;
        while (at + PAGE_HEADER <= page.limit()) {
            int type = page.get(at + 1) & 0x3f;
            int length = page.get(at + 3) & 0xff;
            if (at + PAGE_HEADER + length > page.limit()) {
                return eui;
            }
            byte[] designator = new byte[length];
            page.get(at + PAGE_HEADER, designator);
            if (type == NAA) {
                return Optional.of(HexFormat.of().formatHex(designator));
            }
            if (type == EUI64) {
                eui = Optional.of(HexFormat.of().formatHex(designator));
            }
            at += PAGE_HEADER + length;
        }
        return eui;
    }

    private ByteBuffer pageIfListed(ByteBuffer pages, int page) throws IOException {
        for (int i = PAGE_HEADER; i < pages.limit(); i++) {
            if ((pages.get(i) & 0xff) == page) {
                return page(page);
            }
        }
        return ByteBuffer.allocate(0);
    }

    /** A page with its header, cut to what it says its length is; nothing when the disk does not have it. */
    private ByteBuffer page(int page) throws IOException {
        try {
            ByteBuffer bytes = run(ScsiCommand.vitalProductData(task, page, ALLOCATION), PAGE_HEADER);
            if ((bytes.get(1) & 0xff) == page) {
                int length = PAGE_HEADER + (bytes.getShort(2) & 0xffff);
                return bytes.limit(Math.min(length, bytes.limit()));
            }
        } catch (ScsiException e) {
            if (!e.isUnsupported()) {
                throw e;
            }
        }
        return ByteBuffer.allocate(0);
    }

    private ByteBuffer run(Task command, int shortest) throws IOException {
        int length = session.run(command);
        if (length < shortest) {
            throw unusable("answers " + command + " with " + length + " bytes, at least " + shortest + " are needed");
        }
        // a copy: the next command uses the same buffer
        return ByteBuffer.allocate(length).put(0, task.data, 0, length);
    }

    private static String text(ByteBuffer bytes, int offset, int length) {
        byte[] text = new byte[Math.max(0, Math.min(length, bytes.limit() - offset))];
        if (text.length > 0) {
            bytes.get(offset, text);
        }
        return Words.printable(
                new String(text, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip());
    }
}
