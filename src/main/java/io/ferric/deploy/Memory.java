package io.ferric.deploy;

import io.ferric.driver.Task;
import io.ferric.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What this room keeps with a node between its visits, and reports to operators. */
final class Memory {
    /** Hash, sizes and kind of the image that was fetched. */
    static final String CACHED_IMAGE = "cached_image";

    /** Set once the disk is complete; forgotten when a new deploy begins. */
    static final String DISK_WRITTEN = "disk_written";

    private static final String ROOT_UUID = "root_uuid";
    private static final String PARTITIONS = "partitions";
    private static final String IMAGE_SHA256 = "image_sha256";
    private static final String BYTES_WRITTEN = "bytes_written";
    private static final String VERIFIED = "verified";

    private Memory() {}

    static void keep(Task task, CachedImage image, boolean wholeDisk) {
        Map<String, Object> facts = Map.of(
                "sha256", image.sha256(),
                "size", image.size(),
                "content_size", image.contentSize(),
                "whole_disk", wholeDisk,
                "file", identity(image.path()));
        task.remember(CACHED_IMAGE, facts);
    }

    /** Tells the file from one that an earlier deploy has left at its path on another machine. */
    private static String identity(Path file) {
        try {
            return String.valueOf(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return "gone";
        }
    }

    /** Whether the image that was fetched is that of a whole disk; empty when none was. */
    static Optional<Boolean> wholeDisk(Node node) {
        return node.status().internalInfo().get(CACHED_IMAGE) instanceof Map<?, ?> facts
                        && facts.get("whole_disk") instanceof Boolean whole
                ? Optional.of(whole)
                : Optional.empty();
    }

    static void finish(Task task, DeployedDisk deployed) {
        deployed.rootUuid().ifPresentOrElse(uuid -> task.remember(ROOT_UUID, uuid), () -> task.forget(ROOT_UUID));
        task.remember(
                PARTITIONS, deployed.partitions().stream().map(Memory::toMap).toList());
        task.remember(IMAGE_SHA256, deployed.imageSha256());
        task.remember(BYTES_WRITTEN, deployed.bytesWritten());
        task.remember(VERIFIED, true);
        task.remember(DISK_WRITTEN, deployed.imageSha256());
    }

    /** The disk of this very deploy when it was complete before. */
    static Optional<DeployedDisk> finished(Node node) {
        Map<String, Object> known = node.status().internalInfo();
        if (!known.containsKey(DISK_WRITTEN) || !known.get(DISK_WRITTEN).equals(known.get(IMAGE_SHA256))) {
            return Optional.empty();
        }
        List<Partition> partitions = ((List<?>) known.get(PARTITIONS))
                .stream().map(each -> toPartition((Map<?, ?>) each)).toList();
        return Optional.of(new DeployedDisk(
                Optional.ofNullable((String) known.get(ROOT_UUID)),
                partitions,
                String.valueOf(known.get(IMAGE_SHA256)),
                number(known.get(BYTES_WRITTEN))));
    }

    /** The image that was fetched when its very file is still there, on this machine, and of its size. */
    static Optional<CachedImage> cachedImage(Node node, Path file) {
        if (!(node.status().internalInfo().get(CACHED_IMAGE) instanceof Map<?, ?> facts)) {
            return Optional.empty();
        }
        try {
            long size = number(facts.get("size"));
            CachedImage image = CachedImage.raw(file, size, String.valueOf(facts.get("sha256")));
            return Files.isRegularFile(file)
                            && Files.size(file) == size
                            && identity(file).equals(facts.get("file"))
                    ? Optional.of(
                            facts.get("content_size") instanceof Number content
                                    ? image.withContentSize(content.longValue())
                                    : image)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> toMap(Partition partition) {
        return Map.of(
                "number", partition.number(),
                "role", partition.role().wireName(),
                "start_bytes", partition.startBytes(),
                "size_bytes", partition.sizeBytes());
    }

    private static Partition toPartition(Map<?, ?> map) {
        return new Partition(
                (int) number(map.get("number")),
                PartitionRole.valueOf(String.valueOf(map.get("role")).toUpperCase(Locale.ROOT)),
                number(map.get("start_bytes")),
                number(map.get("size_bytes")));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
