package io.ferric.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Images that would take too long to write in earnest. */
final class TestImages {
    private TestImages() {}

    /** An ISO image with one file, {@code huge}, whose bytes are a hole; all else is as {@link IsoWriter} has it. */
    static void writeHugeIso(Path target, long size) throws IOException {
        IsoTime time = IsoTime.of(Instant.EPOCH);
        Content content = new TestContents.Unreadable(size);
        IsoNode root = IsoNode.root(Folder.of(ImagePaths.checked(Map.of("huge", content))));
        IsoHierarchy plain = new IsoHierarchy(root, IsoNames.PLAIN, Optional.of(new RockRidge(root, time)), time);
        IsoHierarchy joliet = new IsoHierarchy(root, IsoNames.JOLIET, Optional.empty(), time);
        long data = joliet.layout(plain.layout(19));
        root.files().get(0).placeAt(data);
        long blocks = data + IsoNode.blocks(size);
        Files.createFile(target);
        try (ImageOutput output = ImageOutput.to(target)) {
            VolumeDescriptors descriptors = new VolumeDescriptors("HUGE", time, blocks);
            output.skipTo(16 * 2048);
            output.write(descriptors.primary(plain));
            output.write(descriptors.joliet(joliet));
            output.write(VolumeDescriptors.terminator());
            plain.write(output);
            joliet.write(output);
            output.skipTo(blocks * 2048);
            output.finish();
        }
    }
}
