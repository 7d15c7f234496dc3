package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.image.Checksum;
import io.ferric.node.InstanceInfo;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a node's {@code instance_info} and notes everything that is wrong with it at once. The source of the image is
 * asked only when {@code instance_info} does not say what kind of image it is.
 */
final class InstanceInfoReader {
    private static final Set<String> YES = Set.of("1", "t", "true", "on", "y", "yes");
    private static final Set<String> NO = Set.of("0", "f", "false", "off", "n", "no");
    private static final String SECTION = "instance_info/";

    private final Node node;
    private final InstanceInfo info;
    private final DeployConfig config;
    private final ImageFacts facts;
    private final Findings findings;

    InstanceInfoReader(Node node, DeployConfig config, ImageFacts facts, Findings findings) {
        this.node = node;
        this.info = node.instanceInfo();
        this.config = config;
        this.facts = facts;
        this.findings = findings;
    }

    /** Empty when anything was noted. */
    Optional<InstancePlan> read() {
        return read(ImageKind.isWholeDisk(node, facts, findings));
    }

    /** As the other, when it is known what kind of image it is; empty when that could not be told. */
    Optional<InstancePlan> read(Optional<Boolean> wholeDisk) {
        int before = findings.all().size();
        Optional<ImageRequest> image = image();
        boolean whole = wholeDisk.orElse(true);
        boolean heedsRootGb = wholeDisk.map(known -> !known).orElse(info.has("root_gb"));
        OptionalLong rootGb = heedsRootGb ? rootGb() : OptionalLong.of(0);
        OptionalLong swapMb = number("swap_mb", 0);
        OptionalLong ephemeralGb = number("ephemeral_gb", 0);
        String format = ephemeralFormat();
        boolean preserve = preserveEphemeral();
        BootPlan boot = BootPlan.read(node, findings);
        Optional<ConfigDrive> configDrive = ConfigDrive.read(node, findings);
        if (wholeDisk.isEmpty() || findings.all().size() > before) {
            return Optional.empty();
        }
        InstancePlan plan = new InstancePlan(
                whole ? image.orElseThrow().ofWholeDisk() : image.orElseThrow(),
                whole ? 0 : rootGb.orElseThrow() * 1024,
                swapMb.orElseThrow(),
                ephemeralGb.orElseThrow() * 1024,
                format,
                preserve,
                boot,
                configDrive);
        return fits(plan) ? Optional.of(plan) : Optional.empty();
    }

    private Optional<ImageRequest> image() {
        Optional<String> reference = info.text("image_source");
        if (reference.isEmpty()) {
            findings.missing(SECTION + "image_source", "Say which image to deploy.");
            return Optional.empty();
        }
        Optional<Checksum> checksum = checksum();
        try {
            ImageSource source = facts.sources().of(reference.get());
            if (source.needsChecksum() && !info.has("image_checksum")) {
                findings.missing(SECTION + "image_checksum", "Images from web servers need one.");
            }
        } catch (InvalidRequest e) {
            findings.add(SECTION + "image_source", e);
        }
        return Optional.of(new ImageRequest(reference.get(), checksum, info.text("image_disk_format")));
    }

    private Optional<Checksum> checksum() {
        String field = SECTION + "image_checksum";
        try {
            Optional<Checksum> checksum = info.text("image_checksum").map(Checksum::parse);
            if (checksum.isPresent() && checksum.get().weak() && !config.weakChecksums()) {
                findings.invalid(
                        field,
                        "is " + checksum.get().algorithm() + ", which no longer protects an image."
                                + " Give its sha256 or sha512, or set weak_checksums.");
            }
            return checksum;
        } catch (IllegalArgumentException e) {
            findings.invalid(field, "cannot be used: " + Faults.words(e) + ".");
            return Optional.empty();
        }
    }

    private OptionalLong rootGb() {
        if (!info.has("root_gb")) {
            findings.missing(SECTION + "root_gb", "Say how large the root partition shall be.");
            return OptionalLong.empty();
        }
        return number("root_gb", 1);
    }

    /** A whole number, also as text of digits; what is absent is 0. */
    private OptionalLong number(String key, long atLeast) {
        String text = info.text(key).orElse("0");
        if (text.matches("\\d{1,9}") && Long.parseLong(text) >= atLeast) {
            return OptionalLong.of(Long.parseLong(text));
        }
        findings.invalid(
                SECTION + key, "is " + Faults.foreign(text) + ", not a whole number of at least " + atLeast + ".");
        return OptionalLong.empty();
    }

    private String ephemeralFormat() {
        String format = info.text("ephemeral_format").orElse(config.defaultEphemeralFormat());
        if (!EphemeralFilesystem.formats().contains(format)) {
            findings.invalid(
                    SECTION + "ephemeral_format",
                    "is " + Faults.foreign(format) + ", but must be one of "
                            + String.join(", ", EphemeralFilesystem.formats()) + ".");
        }
        return format;
    }

    private boolean preserveEphemeral() {
        String text = info.text("preserve_ephemeral").orElse("false").toLowerCase(Locale.ROOT);
        if (!YES.contains(text) && !NO.contains(text)) {
            findings.invalid(
                    SECTION + "preserve_ephemeral", "is " + Faults.foreign(text) + ", neither true nor false.");
        }
        return YES.contains(text);
    }

    private boolean fits(InstancePlan plan) {
        return plan.wholeDisk() ? hasNoPartitions(plan) : fitsTable(plan);
    }

    private boolean hasNoPartitions(InstancePlan plan) {
        noteOfWholeDisk("swap_mb", plan.swapMib());
        noteOfWholeDisk("ephemeral_gb", plan.ephemeralMib());
        return plan.swapMib() + plan.ephemeralMib() == 0;
    }

    private void noteOfWholeDisk(String key, long size) {
        if (size > 0) {
            findings.invalid(
                    SECTION + key,
                    "cannot be had with the image of a whole disk, which brings its own partitions: take it out, or say"
                            + " image_type: partition (or give kernel and ramdisk) for the image of a root file system.");
        }
    }

    private boolean fitsTable(InstancePlan instance) {
        PartitionPlan plan = PartitionPlan.of(instance);
        if (plan.label() == BootPlan.Label.GPT) {
            return true;
        }
        boolean reached = plan.endBytes() <= MbrTable.reach(MbrTable.SECTOR);
        if (!reached) {
            findings.invalid(
                    SECTION + "root_gb",
                    "makes, with swap_mb and ephemeral_gb, more than the 2 TiB that a partition table of kind msdos can"
                            + " hold: add disk_label:gpt to the capabilities.");
        }
        int count = plan.partitions().size() + (instance.configDrive().isPresent() ? 1 : 0);
        if (count > MbrTable.MAX_ENTRIES) {
            findings.invalid(
                    "capabilities",
                    "lead to a partition table of kind msdos, which holds four partitions, not " + count
                            + ": write disk_label:gpt, or do without swap_mb, ephemeral_gb or configdrive.");
        }
        return reached && count <= MbrTable.MAX_ENTRIES;
    }
}
