package io.ferric.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the two directory trees over the same files: the plain one with Rock Ridge, or Joliet's. It is laid out first
 * and written then (ECMA-119 sections 6.8 and 6.9). Not thread safe.
 */
final class IsoHierarchy {
    private static final byte[] SELF = {0};
    private static final byte[] PARENT = {1};
    private static final int FOLDER_FLAG = 0x02;
    private static final int MORE_EXTENTS_FLAG = 0x80;
    private static final int RECORD = 33;
    private static final byte[] NOTHING = {};

    private final IsoNames naming;
    private final Optional<RockRidge> rockRidge;
    private final byte[] time;
    private final Map<IsoNode, IsoNames.Name> names = new IdentityHashMap<>();
    private final Map<IsoNode, List<IsoNode>> sortedChildren = new IdentityHashMap<>();
    /** In path table order: by level, then parent, then name. */
    private final List<IsoNode> folders = new ArrayList<>();

    private final Map<IsoNode, Long> blocks = new IdentityHashMap<>();
    private final Map<IsoNode, Integer> sizes = new IdentityHashMap<>();
    private long littlePathTable;
    private long bigPathTable;

    IsoHierarchy(IsoNode root, IsoNames naming, Optional<RockRidge> rockRidge, IsoTime time) {
        this.naming = naming;
        this.rockRidge = rockRidge;
        this.time = time.brief();
        folders.add(root);
        for (int i = 0; i < folders.size(); i++) {
            IsoNode folder = folders.get(i);
            names.putAll(naming.assign(folder));
            List<IsoNode> children = new ArrayList<>(folder.children());
            children.sort(Comparator.comparing(names::get, IsoNames.Name.ORDER));
            sortedChildren.put(folder, children);
            children.stream().filter(IsoNode::isFolder).forEach(folders::add);
        }
        for (IsoNode folder : folders) {
            blocks.put(folder, 0L);
            sizes.put(folder, 0);
        }
        // the length of a record does not depend on the blocks it will name
        folders.forEach(folder -> sizes.put(folder, encode(folder).length));
    }

    /** Gives path tables, folders and the continuation area their blocks; returns the first free one. */
    long layout(long firstBlock) throws ImageCreationException {
        if (folders.size() > 0xFFFF) {
            throw new ImageCreationException("an ISO image holds at most 65535 folders, not " + folders.size());
        }
        long next = firstBlock;
        littlePathTable = next;
        next += IsoNode.blocks(pathTableSize());
        bigPathTable = next;
        next += IsoNode.blocks(pathTableSize());
        for (IsoNode folder : folders) {
            blocks.put(folder, next);
            next += sizes.get(folder) / IsoNode.BLOCK;
        }
        if (rockRidge.isPresent()) {
            rockRidge.get().placeAreaAt(next);
            next += rockRidge.get().areaBlocks();
        }
        return next;
    }

    void write(ImageOutput output) throws IOException {
        writeAt(output, littlePathTable, pathTable(ByteOrder.LITTLE_ENDIAN));
        writeAt(output, bigPathTable, pathTable(ByteOrder.BIG_ENDIAN));
        for (IsoNode folder : folders) {
            writeAt(output, blocks.get(folder), encode(folder));
        }
        if (rockRidge.isPresent()) {
            output.write(rockRidge.get().area());
        }
    }

    int pathTableSize() {
        return pathTable(ByteOrder.BIG_ENDIAN).length;
    }

    long littlePathTable() {
        return littlePathTable;
    }

    long bigPathTable() {
        return bigPathTable;
    }

    /** The root's directory record, for the volume descriptor. */
    byte[] rootRecord() {
        return folderRecord(SELF, folders.get(0), NOTHING);
    }

    private static void writeAt(ImageOutput output, long block, byte[] bytes) throws IOException {
        output.skipTo(block * IsoNode.BLOCK);
        output.write(bytes);
    }

    private byte[] pathTable(ByteOrder order) {
        Map<IsoNode, Integer> numbers = new IdentityHashMap<>();
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (IsoNode folder : folders) {
            numbers.put(folder, numbers.size() + 1);
            byte[] identifier = folder.parent.isPresent() ? naming.identifier(names.get(folder), true) : SELF;
            ByteBuffer entry = ByteBuffer.allocate(8 + identifier.length + identifier.length % 2)
                    .order(order)
                    .put((byte) identifier.length)
                    .put((byte) 0)
                    .putInt(blocks.get(folder).intValue())
                    .putShort(numbers.get(folder.parentOrSelf()).shortValue())
                    .put(identifier);
            table.writeBytes(entry.array());
        }
        return table.toByteArray();
    }

    /** A folder's records, none of which crosses into another block; filled up to whole blocks. */
    private byte[] encode(IsoNode folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] record : records(folder)) {
            int left = IsoNode.BLOCK - bytes.size() % IsoNode.BLOCK;
            if (left < record.length) {
                bytes.writeBytes(new byte[left]);
            }
            bytes.writeBytes(record);
        }
        bytes.writeBytes(new byte[(IsoNode.BLOCK - bytes.size() % IsoNode.BLOCK) % IsoNode.BLOCK]);
        return bytes.toByteArray();
    }

    private List<byte[]> records(IsoNode folder) {
        List<byte[]> records = new ArrayList<>();
        records.add(folderRecord(
                SELF, folder, rockRidge.map(rr -> rr.ofSelf(folder)).orElse(NOTHING)));
        records.add(folderRecord(
                PARENT,
                folder.parentOrSelf(),
                rockRidge.map(rr -> rr.ofParent(folder)).orElse(NOTHING)));
        for (IsoNode child : sortedChildren.get(folder)) {
            byte[] identifier = naming.identifier(names.get(child), child.isFolder());
            byte[] systemUse = rockRidge.map(rr -> rr.ofChild(child)).orElse(NOTHING);
            if (child.isFolder()) {
                records.add(folderRecord(identifier, child, systemUse));
            } else {
                addFileRecords(records, identifier, child, systemUse);
            }
        }
        return records;
    }

    /** A file over 4 GiB has several records of the same name, each but the last saying that more follow. */
    private void addFileRecords(List<byte[]> records, byte[] identifier, IsoNode file, byte[] systemUse) {
        long block = file.block();
        long left = file.size;
        while (left > IsoNode.LONGEST_EXTENT) {
            Extent extent = new Extent(block, IsoNode.LONGEST_EXTENT, MORE_EXTENTS_FLAG);
            records.add(record(identifier, extent, systemUse));
            block += IsoNode.LONGEST_EXTENT / IsoNode.BLOCK;
            left -= IsoNode.LONGEST_EXTENT;
        }
        records.add(record(identifier, new Extent(block, left, 0), systemUse));
    }

    private byte[] folderRecord(byte[] identifier, IsoNode folder, byte[] systemUse) {
        return record(identifier, new Extent(blocks.get(folder), sizes.get(folder), FOLDER_FLAG), systemUse);
    }

    private record Extent(long block, long size, int flags) {}

    /** One directory record (ECMA-119 section 9.1). */
    private byte[] record(byte[] identifier, Extent extent, byte[] systemUse) {
        int named = RECORD + identifier.length + (identifier.length + 1) % 2;
        int length = named + systemUse.length + systemUse.length % 2;
        ByteBuffer record = ByteBuffer.allocate(length).put((byte) length).put((byte) 0);
        BothEndian.putInt(record, extent.block());
        BothEndian.putInt(record, extent.size());
        record.put(time).put((byte) extent.flags()).put((byte) 0).put((byte) 0);
        BothEndian.putShort(record, 1).put((byte) identifier.length).put(identifier);
        return record.position(named).put(systemUse).array();
    }
}
