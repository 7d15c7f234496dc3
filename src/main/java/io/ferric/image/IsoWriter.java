package io.ferric.image;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes an {@link IsoImage} front to back: descriptors, the plain tree with Rock Ridge, the Joliet tree, then the
 * files, which both trees share. Sources: ECMA-119, Joliet, RRIP 1.10, El Torito 1.0.
 *
 * <p>Folders may lie deeper than the eight levels of ECMA-119: every reader of today takes them, and moving them away
 * as old programs do only hides them.
 */
final class IsoWriter {
    /** What mkisofs appends as well: readers that read ahead then do not run over the end of the medium. */
    private static final int PADDING_BLOCKS = 150;

    private static final long MOST_BLOCKS = 0xFFFF_FFFFL;

    private final IsoImage image;
    private final IsoTime time;
    private final ImageOutput output;
    private final Map<String, IsoNode> files = new HashMap<>();
    private final IsoNode root;

    private IsoWriter(IsoImage image, ImageOutput output) throws IOException {
        this.image = image;
        this.time = IsoTime.of(image.time());
        this.output = output;
        this.root = IsoNode.root(Folder.of(withCatalogue(image)));
        root.files().forEach(file -> files.put(file.path(), file));
    }

    static void write(IsoImage image, ImageOutput output) throws IOException {
        new IsoWriter(image, output).write();
    }

    /** The catalogue takes part as a file of one block, whose bytes are only known later. */
    private static SortedMap<String, Content> withCatalogue(IsoImage image) {
        if (image.boot().isEmpty()) {
            return image.files();
        }
        SortedMap<String, Content> all = new TreeMap<>(image.files());
        all.put(BootCatalogue.path(image.boot()), Content.of(new byte[IsoNode.BLOCK]));
        return all;
    }

    private void write() throws IOException {
        Optional<RockRidge> rockRidge = Optional.of(new RockRidge(root, time));
        IsoHierarchy plain = new IsoHierarchy(root, IsoNames.PLAIN, rockRidge, time);
        IsoHierarchy joliet = new IsoHierarchy(root, IsoNames.JOLIET, Optional.empty(), time);
        int descriptors = image.boot().isEmpty() ? 3 : 4;
        long end = placeFiles(joliet.layout(plain.layout(VolumeDescriptors.FIRST_BLOCK + descriptors)));
        long blocks = end + PADDING_BLOCKS;
        if (blocks > MOST_BLOCKS) {
            throw new ImageCreationException(
                    "the files need " + blocks + " blocks of 2 KiB, an ISO image has at most " + MOST_BLOCKS);
        }
        writeDescriptors(new VolumeDescriptors(image.label(), time, blocks), plain, joliet);
        plain.write(output);
        joliet.write(output);
        writeFiles();
        output.skipTo(blocks * IsoNode.BLOCK);
        output.finish();
    }

    private long placeFiles(long firstBlock) {
        long next = firstBlock;
        for (IsoNode file : root.files()) {
            file.placeAt(next);
            next += IsoNode.blocks(file.size);
        }
        return next;
    }

    private void writeDescriptors(VolumeDescriptors descriptors, IsoHierarchy plain, IsoHierarchy joliet)
            throws IOException {
        output.skipTo((long) VolumeDescriptors.FIRST_BLOCK * IsoNode.BLOCK);
        output.write(descriptors.primary(plain));
        if (!image.boot().isEmpty()) {
            IsoNode catalogue = files.get(BootCatalogue.path(image.boot()));
            output.write(VolumeDescriptors.boot(catalogue.block()));
        }
        output.write(descriptors.joliet(joliet));
        output.write(VolumeDescriptors.terminator());
    }

    private void writeFiles() throws IOException {
        Set<String> patched = image.boot().stream()
                .filter(ElToritoEntry::bootInfoTable)
                .map(ElToritoEntry::path)
                .collect(Collectors.toSet());
        String catalogue = image.boot().isEmpty() ? "" : BootCatalogue.path(image.boot());
        for (IsoNode file : root.files()) {
            output.skipTo(file.block() * IsoNode.BLOCK);
            String path = file.path();
            if (path.equals(catalogue)) {
                output.write(BootCatalogue.encode(image.boot(), files));
            } else {
                output.write(
                        patched.contains(path) ? BootInfoTable.patched(file) : file.content.orElseThrow(), file.size);
            }
        }
    }
}
