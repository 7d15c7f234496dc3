package io.ferric.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file or folder on its way into an ISO image; the writer gives files their blocks. Not thread safe. */
final class IsoNode {
    static final int BLOCK = 2048;

    /** The longest extent of whole blocks whose length fits 32 bits. */
    static final long LONGEST_EXTENT = 0xFFFF_FFFFL / BLOCK * BLOCK;

    final String name;
    final Optional<IsoNode> parent;
    final Optional<Content> content;
    final long size;
    private final List<IsoNode> children = new ArrayList<>();
    private long block;

    private IsoNode(String name, Optional<IsoNode> parent, Optional<Content> content, long size) {
        this.name = name;
        this.parent = parent;
        this.content = content;
        this.size = size;
    }

    /** The whole tree; asks every content for its size. */
    static IsoNode root(Folder folder) throws IOException {
        IsoNode root = new IsoNode("", Optional.empty(), Optional.empty(), 0);
        root.fill(folder);
        return root;
    }

    private void fill(Folder folder) throws IOException {
        for (Map.Entry<String, Folder> below : folder.folders().entrySet()) {
            IsoNode child = new IsoNode(below.getKey(), Optional.of(this), Optional.empty(), 0);
            child.fill(below.getValue());
            children.add(child);
        }
        for (Map.Entry<String, Content> file : folder.files().entrySet()) {
            Content content = file.getValue();
            children.add(new IsoNode(file.getKey(), Optional.of(this), Optional.of(content), content.size()));
        }
    }

    List<IsoNode> children() {
        return Collections.unmodifiableList(children);
    }

    boolean isFolder() {
        return content.isEmpty();
    }

    /** The folder this one is in; the root is in itself. */
    IsoNode parentOrSelf() {
        return parent.orElse(this);
    }

    /** The path of a file, as it was given. */
    String path() {
        return parent.map(folder -> folder.path().isEmpty() ? name : folder.path() + "/" + name)
                .orElse("");
    }

    /** The first block of a file's data. */
    long block() {
        return block;
    }

    void placeAt(long firstBlock) {
        this.block = firstBlock;
    }

    static long blocks(long bytes) {
        return (bytes + BLOCK - 1) / BLOCK;
    }

    /** Every file below this folder, in the order their data is written. */
    List<IsoNode> files() {
        List<IsoNode> files = new ArrayList<>();
        for (IsoNode child : children) {
            if (child.isFolder()) {
                files.addAll(child.files());
            } else {
                files.add(child);
            }
        }
        return files;
    }
}
