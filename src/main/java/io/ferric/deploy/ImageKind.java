package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether an image is that of a whole disk or of a root file system alone. The node's {@code image_type} decides; else
 * whatever an instance without a boot loader of its own would boot with (kernel, ramdisk, boot ISO) makes it a root file
 * system. Where the node has neither, the same of the image decides: {@code img_type}, else what to boot with. Source:
 * Ironic's is_whole_disk_image and image_type.
 */
final class ImageKind {
    private static final String FIELD = "instance_info/image_type";
    private static final String KEY = "image_type";
    private static final String WHOLE_DISK = "whole-disk";
    private static final String PARTITION = "partition";
    private static final Set<String> KINDS = Set.of(WHOLE_DISK, PARTITION);

    private static final List<String> BOOT_ISO = List.of("ilo_boot_iso", "boot_iso");
    private static final List<String> OF_IMAGE = List.of("kernel_id", "ramdisk_id", "boot_iso");

    private ImageKind() {}

    /** Empty when it cannot be told, which is noted; the image is asked only when the node does not decide. */
    static Optional<Boolean> isWholeDisk(Node node, ImageFacts facts, Findings findings) {
        Optional<String> type = node.instanceInfo().text(KEY).map(text -> text.toLowerCase(Locale.ROOT));
        if (type.isPresent()) {
            return declared(FIELD, type.get(), findings);
        }
        if (bootsWithoutLoader(node) || !node.instanceInfo().has("image_source")) {
            return Optional.of(false);
        }
        try {
            ImageMetadata image =
                    facts.of(node.instanceInfo().text("image_source").orElseThrow());
            return kind(image, findings);
        } catch (InvalidRequest e) {
            findings.add("instance_info/image_source", e);
            return Optional.empty();
        } catch (NodeFault e) {
            findings.invalid("instance_info/image_source", "cannot be used. " + e.inPlainWords());
            return Optional.empty();
        }
    }

    private static Optional<Boolean> kind(ImageMetadata image, Findings findings) {
        Optional<String> type = declaredType(image.properties());
        if (type.isPresent()) {
            return declared("property img_type of the image", type.get(), findings);
        }
        return Optional.of(OF_IMAGE.stream()
                .map(key -> image.properties().getOrDefault(key, ""))
                .allMatch(String::isBlank));
    }

    /** Nova writes {@code image_type: snapshot} on its own images, which says nothing here. */
    private static Optional<String> declaredType(Map<String, String> properties) {
        return Optional.ofNullable(properties.get("img_type"))
                .filter(Predicate.not(String::isBlank))
                .or(() -> Optional.ofNullable(properties.get(KEY)).filter(KINDS::contains))
                .map(text -> text.toLowerCase(Locale.ROOT));
    }

    private static Optional<Boolean> declared(String field, String type, Findings findings) {
        if (!KINDS.contains(type)) {
            findings.invalid(
                    field, "is " + Faults.foreign(type) + "; it can be " + WHOLE_DISK + " or " + PARTITION + ".");
            return Optional.empty();
        }
        return Optional.of(type.equals(WHOLE_DISK));
    }

    private static boolean bootsWithoutLoader(Node node) {
        Object recorded = node.status().internalInfo().get(InstanceBoot.RECORDED_BOOT_ISO);
        Stream<String> bootIsos = BOOT_ISO.stream()
                .flatMap(key -> node.instanceInfo().text(key).stream())
                .filter(Predicate.not(reference -> reference.equals(recorded)));
        return bootIsos.findAny().isPresent()
                || node.instanceInfo().has("kernel")
                || node.instanceInfo().has("ramdisk");
    }
}
