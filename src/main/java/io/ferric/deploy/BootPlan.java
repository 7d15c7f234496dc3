package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.node.BootMode;
import io.ferric.node.Node;
import java.util.Locale;
import java.util.Optional;

/**
 * How an instance boots, as far as it decides what its disk must hold. Read from the capabilities {@code boot_mode},
 * {@code boot_option} and {@code disk_label}. Immutable.
 *
 * @param mode the firmware interface, when one is asked for or it is known what the server has
 * @param local whether the server boots from its disk rather than from a boot ISO
 * @param label the kind of partition table asked for
 */
public record BootPlan(Optional<BootMode> mode, boolean local, Optional<Label> label) {
    /** How an instance boots about which nothing is said. */
    static final BootPlan DEFAULT = new BootPlan(Optional.empty(), false, Optional.empty());

    /** Where the driver remembers the mode that the server is going to have, {@code bios} or {@code uefi}. */
    public static final String REMEMBERED_MODE = "boot_mode";

    /** A kind of partition table; the names are those of parted. */
    public enum Label {
        MSDOS,
        GPT
    }

    /** Values of boot_mode and boot_option that nobody knows are noted by the driver, which acts on them. */
    static BootPlan read(Node node, Findings findings) {
        Optional<String> label = node.capability("disk_label").map(text -> text.toLowerCase(Locale.ROOT));
        boolean known = label.filter(text -> !text.equals("gpt") && !text.equals("msdos"))
                .isEmpty();
        if (!known) {
            findings.invalid(
                    "capabilities",
                    "has disk_label " + Faults.foreign(label.orElseThrow()) + "; it can be gpt or msdos.");
        }
        return new BootPlan(
                modeName(node).flatMap(BootMode::ofWireName),
                node.capability("boot_option").filter("local"::equals).isPresent(),
                label.filter(text -> known).map(text -> Label.valueOf(text.toUpperCase(Locale.ROOT))));
    }

    /** The capability {@code boot_mode}, else what the server is remembered to have; as it is written. */
    static Optional<String> modeName(Node node) {
        return node.capability("boot_mode").or(() -> {
            Object remembered = node.status().internalInfo().get(REMEMBERED_MODE);
            return Optional.ofNullable(remembered).map(Object::toString);
        });
    }

    boolean uefi() {
        return mode.equals(Optional.of(BootMode.UEFI));
    }

    /**
     * The table for partitions that end here: what is asked for; GPT for UEFI, and where an MBR cannot reach and no boot
     * loader of ours must live with it.
     */
    Label labelFor(long endBytes) {
        boolean beyond = endBytes > MbrTable.reach(MbrTable.SECTOR);
        return label.orElse(uefi() || beyond && !local ? Label.GPT : Label.MSDOS);
    }
}
