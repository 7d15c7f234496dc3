package io.ferric.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file or folder on its way into a FAT volume; the writer gives it clusters. Not thread safe. */
final class FatNode {
    /** Characters of a long name in one entry. */
    static final int CHARACTERS_PER_ENTRY = 13;

    private static final int DOT_ENTRIES = 2;
    private static final int LABEL_ENTRIES = 1;

    final String name;
    final byte[] shortName;
    final Optional<Content> content;
    final List<FatNode> children = new ArrayList<>();
    private final long fileSize;
    private int firstCluster;

    private FatNode(String name, byte[] shortName, Optional<Content> content, long fileSize) {
        this.name = name;
        this.shortName = shortName;
        this.content = content;
        this.fileSize = fileSize;
    }

    /** The whole tree; asks every content for its size. */
    static FatNode root(Folder folder) throws IOException {
        FatNode root = new FatNode("", new byte[0], Optional.empty(), 0);
        root.fill(folder);
        return root;
    }

    private void fill(Folder folder) throws IOException {
        FatNames names = new FatNames();
        for (Map.Entry<String, Folder> below : folder.folders().entrySet()) {
            FatNode child = new FatNode(below.getKey(), names.shortName(below.getKey()), Optional.empty(), 0);
            child.fill(below.getValue());
            children.add(child);
        }
        for (Map.Entry<String, Content> file : folder.files().entrySet()) {
            long size = file.getValue().size();
            children.add(
                    new FatNode(file.getKey(), names.shortName(file.getKey()), Optional.of(file.getValue()), size));
        }
    }

    boolean isFolder() {
        return content.isEmpty();
    }

    boolean isRoot() {
        return name.isEmpty();
    }

    /** Directory entries of 32 bytes in this folder, its own dots or label included. */
    int entries() {
        return children.stream().mapToInt(FatNode::entriesForName).sum() + (isRoot() ? LABEL_ENTRIES : DOT_ENTRIES);
    }

    private int entriesForName() {
        return longEntries() + 1;
    }

    /** Entries that the long name needs before the short one. */
    int longEntries() {
        return FatNames.isShort(name, shortName)
                ? 0
                : (name.length() + CHARACTERS_PER_ENTRY - 1) / CHARACTERS_PER_ENTRY;
    }

    /** The size in a file's entry; folders have none there. */
    long fileSize() {
        return fileSize;
    }

    /** First cluster, or 0 for an empty file and the root folder. */
    int firstCluster() {
        return firstCluster;
    }

    /** Clusters of this node alone. */
    long clusters(int clusterBytes) {
        if (isRoot()) {
            return 0;
        }
        long bytes = isFolder() ? (long) entries() * FatGeometry.ENTRY : fileSize;
        return (bytes + clusterBytes - 1) / clusterBytes;
    }

    /** Clusters of this node and everything below. */
    long allClusters(int clusterBytes) {
        long sum = clusters(clusterBytes);
        for (FatNode child : children) {
            sum += child.allClusters(clusterBytes);
        }
        return sum;
    }

    /** Gives this node and everything below it clusters in one row, in the order of {@link #walk}; returns the next. */
    int allocate(int next, int clusterBytes) {
        long own = clusters(clusterBytes);
        firstCluster = own == 0 ? 0 : next;
        int free = (int) (next + own);
        for (FatNode child : children) {
            free = child.allocate(free, clusterBytes);
        }
        return free;
    }

    /** What is done with a node of known parent. */
    interface Visitor {
        void visit(FatNode node, FatNode parent) throws IOException;
    }

    /** This node's descendants, each folder before what it holds. */
    void walk(Visitor visitor) throws IOException {
        for (FatNode child : children) {
            visitor.visit(child, this);
            child.walk(visitor);
        }
    }
}
