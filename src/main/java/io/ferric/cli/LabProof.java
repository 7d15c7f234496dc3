package io.ferric.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.image.DiskImage;
import io.ferric.lab.media.Blocks;
import io.ferric.lab.media.DiskLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the disk with other eyes than the conductor's: the partition table as the lab's reader finds it, and the
 * hash of what is in the root partition.
 *
 * @param sha256 of as many bytes of the root partition as the image has content; empty when there is no such partition
 */
record LabProof(List<LabReport.Partition> partitions, Optional<String> sha256) {

    /** @param said what the conductor reported: {@code partitions} and {@code root_uuid} */
    static LabProof of(Path disk, long contentSize, JsonNode said) throws IOException {
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.READ)) {
            DiskLayout layout = DiskLayout.read(Blocks.of(channel));
            List<LabReport.Partition> found = new ArrayList<>();
            for (DiskLayout.Part part : layout.parts()) {
                found.add(new LabReport.Partition(part.number(), role(said, part), part.start(), part.size()));
            }
            Optional<DiskLayout.Part> root =
                    layout.withUuid(said.path("root_uuid").asText());
            return new LabProof(
                    found,
                    root.isPresent()
                            ? Optional.of(sha256(
                                    channel,
                                    root.get().start(),
                                    Math.min(contentSize, root.get().size())))
                            : Optional.empty());
        }
    }

    static String sha256(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return sha256(channel, 0, channel.size());
        }
    }

    /** Bytes of the disk or file system inside an image. */
    static long contentSize(Path image) throws IOException {
        try (DiskImage content = DiskImage.open(image)) {
            return content.size();
        }
    }

    /** Of what is inside an image, which is the file itself only for raw ones. */
    static String contentSha256(Path image) throws IOException {
        try (DiskImage content = DiskImage.open(image)) {
            MessageDigest digest = newDigest();
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            for (long at = 0; at < content.size(); at += buffer.limit()) {
                content.read(at, buffer.clear().limit((int) Math.min(buffer.capacity(), content.size() - at)));
                digest.update(buffer.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static String role(JsonNode said, DiskLayout.Part part) {
        for (JsonNode each : said.path("partitions")) {
            if (each.path("number").asInt() == part.number()
                    && each.path("start_bytes").asLong() == part.start()
                    && each.path("size_bytes").asLong() == part.size()) {
                return each.path("role").asText();
            }
        }
        return "unexpected";
    }

    private static String sha256(FileChannel channel, long start, long length) throws IOException {
        MessageDigest digest = newDigest();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (long at = start; at < start + length; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), start + length - at));
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new IOException("the disk ends within its root partition");
            }
            at += count;
            digest.update(buffer.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
