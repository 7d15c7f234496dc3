package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * VMware's disks (VMware "Virtual Disk Format 5.0"): a text descriptor names the files that hold the data, and may be
 * embedded in the only such file. An image whose data lies in other files is a danger.
 */
final class VmdkProbe {
    private static final int SECTOR = 512;
    private static final int LONGEST_DESCRIPTOR = 64 * 1024;
    private static final List<String> SELF_CONTAINED = List.of("monolithicsparse", "streamoptimized");

    /** As QEMU does, comments and empty lines before the version are passed over. */
    private static final Pattern DESCRIPTOR =
            Pattern.compile("(?:[ \\t]*(?:#[^\\n]*)?\\r?\\n)*+version=[1-3].*", Pattern.DOTALL);

    private static final Pattern CREATE_TYPE = Pattern.compile("(?m)^createType\\s*=\\s*\"([^\"\\n]*)\"");
    private static final Pattern PARENT = Pattern.compile("(?mi)^parentCID\\s*=\\s*([0-9a-f]+)");
    private static final Pattern PARENT_NAME = Pattern.compile("(?m)^parentFileNameHint\\s*=\\s*\"([^\"\\n]*)\"");
    private static final Pattern EXTENT =
            Pattern.compile("(?m)^(?:RW|RDONLY|NOACCESS)\\s+(\\d{1,15})\\s+(\\w+)(?:\\s+\"([^\"\\n]*)\")?");

    private VmdkProbe() {}

    static Optional<ImageSketch> probe(ImageWindow window) throws IOException {
        if (window.has(0, "KDMV")) {
            return Optional.of(sparse(window));
        }
        if (window.has(0, "COWD")) {
            return Optional.of(new ImageSketch(ImageFormat.VMDK).danger("it is a part of an ESX server's disk"));
        }
        String text = window.latin(0, 2048);
        if (text.startsWith("# Disk DescriptorFile") || DESCRIPTOR.matcher(text).matches()) {
            return Optional.of(descriptorFile(window.latin(0, LONGEST_DESCRIPTOR)));
        }
        return Optional.empty();
    }

    private static ImageSketch sparse(ImageWindow window) throws IOException {
        ByteBuffer header = window.little(0, SECTOR);
        long capacity = header.getLong(12);
        long offset = header.getLong(28);
        long length = header.getLong(36);
        ImageSketch sketch = new ImageSketch(ImageFormat.VMDK)
                .virtualSize(ImageSketch.product(capacity, SECTOR))
                .dangerIf(capacity == 0, "its size is 0, so that its descriptor would be followed to other files");
        if (offset == 0 || length == 0) {
            return sketch.danger("it has no descriptor: it is one part of a split disk");
        }
        int bytes = (int) Math.min(ImageSketch.product(length, SECTOR), LONGEST_DESCRIPTOR);
        String descriptor = window.latin(ImageSketch.product(offset, SECTOR), bytes);
        List<String> files = judge(descriptor, sketch);
        String type = first(CREATE_TYPE, descriptor);
        return sketch.dangerIf(
                        !SELF_CONTAINED.contains(type.toLowerCase(Locale.ROOT)),
                        "its type '" + ImageSketch.printable(type) + "' is not self-contained")
                .dangerIf(
                        files.size() != 1
                                || files.get(0).contains("/")
                                || files.get(0).contains("\\"),
                        "its data lies in other files: " + files);
    }

    private static ImageSketch descriptorFile(String descriptor) {
        ImageSketch sketch = new ImageSketch(ImageFormat.VMDK);
        List<String> files = judge(descriptor, sketch);
        long sectors = 0;
        Matcher extent = EXTENT.matcher(descriptor);
        while (extent.find()) {
            sectors = ImageSketch.sum(sectors, Long.parseLong(extent.group(1)));
        }
        return sketch.virtualSize(ImageSketch.product(sectors, SECTOR))
                .danger("its data lies in other files: " + files);
    }

    /** Looks for a parent disk; returns the files that are named as holding data. */
    private static List<String> judge(String descriptor, ImageSketch sketch) {
        String parent = first(PARENT, descriptor);
        String parentName = first(PARENT_NAME, descriptor);
        if (!parentName.isEmpty()) {
            sketch.backingFile(parentName);
        } else if (!parent.isEmpty() && !parent.equalsIgnoreCase("ffffffff")) {
            sketch.danger("it is the difference to a parent disk");
        }
        List<String> files = new ArrayList<>();
        Matcher extent = EXTENT.matcher(descriptor);
        while (extent.find()) {
            files.add(ImageSketch.printable(Optional.ofNullable(extent.group(3)).orElse("?")));
        }
        return files;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
