package io.ferric.deploy;

import io.ferric.driver.Task;
import io.ferric.node.Node;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server starts an instance from once it is deployed. Source: Ironic's capability {@code boot_option}. */
public enum InstanceBoot {
    /** An ISO in the virtual CD drive, at every power-on. */
    NETBOOT("netboot"),
    /** Its disk, by a boot loader that the deploy ramdisk installs. */
    LOCAL("local"),
    /** Its disk, by the boot loader that the image brought. */
    WHOLE_DISK("whole-disk");

    /** Under this a driver remembers the boot ISO that it put into {@code instance_info} itself. */
    public static final String RECORDED_BOOT_ISO = "boot_iso_recorded";

    /** The capability that chooses between the first two. */
    static final String CAPABILITY = "boot_option";

    private static final String MEMORY = "instance_boot";

    private final String wireName;

    InstanceBoot(String wireName) {
        this.wireName = wireName;
    }

    /** What {@code boot_option} can say; empty for another word. An image with a boot loader needs no other. */
    static Optional<InstanceBoot> wanted(Node node, boolean wholeDisk) {
        String option = node.capability(CAPABILITY).orElse(NETBOOT.wireName);
        if (wholeDisk) {
            return Optional.of(WHOLE_DISK);
        }
        return Stream.of(NETBOOT, LOCAL)
                .filter(each -> each.wireName.equals(option))
                .findFirst();
    }

    /** Where {@code boot_option} is written for this node. */
    static String field(Node node) {
        boolean own = node.capability(CAPABILITY).equals(node.spec().capability(CAPABILITY));
        return own ? "properties/capabilities" : "instance_info/capabilities";
    }

    /** How the ramdisk of the current deploy was told that the instance will boot; that of an old node never was. */
    public static InstanceBoot remembered(Node node) {
        Object name = node.status().internalInfo().get(MEMORY);
        return Arrays.stream(values())
                .filter(each -> each.wireName.equals(name))
                .findFirst()
                .orElse(NETBOOT);
    }

    /** Keeps it with the node until tear-down or the next deploy. */
    public void remember(Task task) {
        task.remember(MEMORY, wireName);
    }

    /** Whether the server needs no boot ISO. */
    public boolean fromDisk() {
        return this != NETBOOT;
    }

    /** What the ramdisk is told as {@code boot_option}: it has nothing to install where the image has all it needs. */
    String bootOption() {
        return this == LOCAL ? LOCAL.wireName : NETBOOT.wireName;
    }
}
