package io.ferric.ilo;

import io.ferric.deploy.DeployedDisk;
import io.ferric.deploy.ImageMetadata;
import io.ferric.deploy.ImageRequest;
import io.ferric.deploy.ImageSources;
import io.ferric.deploy.InstanceBoot;
import io.ferric.driver.Findings;
import io.ferric.driver.SharedObjects;
import io.ferric.driver.Task;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.node.BootMode;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the ISO an instance boots from, in the blueprint's order: the operator's or the image's own; the one shared by
 * all nodes of the same image, kernel and ramdisk; else one made now and shared from then on. Every node that uses a
 * shared ISO is counted, and the last one to leave removes it. Safe for use by many threads.
 */
public final class BootIsoLibrary {
    private static final String SHARED = "boot_iso_shared";
    private static final String NEW_NAME = "boot_iso";
    static final String OLD_NAME = "ilo_boot_iso";

    private final IloConfig config;
    private final BootIsoIngredients ingredients;
    private final ImageSources sources;
    private final Publisher publisher;
    private final SharedObjects shared;
    private final OwnMark mark;

    BootIsoLibrary(
            IloConfig config, BootIsoIngredients ingredients, ImageSources sources, Publisher publisher, OwnMark mark) {
        this.config = config;
        this.ingredients = ingredients;
        this.sources = sources;
        this.publisher = publisher;
        this.shared = mark.shared();
        this.mark = mark;
    }

    /** The boot ISO that {@code instance_info} names, whoever wrote it there. */
    static Optional<String> recorded(Node node) {
        return node.instanceInfo().firstText(OLD_NAME, NEW_NAME);
    }

    /** Notes what would keep {@link #choose} from finding one; what is wrong with the image is for others to note. */
    void validate(Node node, Optional<BootMode> wanted, IsoUrls isos, Findings findings) {
        Optional<ImageMetadata> image = ingredients.known(node);
        Optional<String> given = givenOnNode(node).or(() -> image.flatMap(BootIsoIngredients::bootIso));
        if (given.isPresent()) {
            checkGiven(givenIn(node), given.get(), wanted, isos, findings);
            return;
        }
        ingredients.check(node, image, findings);
        if (image.isEmpty() && node.instanceInfo().has("image_source")) {
            return; // it may well bring a boot ISO of its own
        }
        new BootLoaders(config).check(wanted, findings);
    }

    private static void checkGiven(
            String field, String reference, Optional<BootMode> wanted, IsoUrls isos, Findings findings) {
        try {
            isos.check(reference, wanted);
        } catch (NodeFault e) {
            findings.invalid(field, "cannot be used: " + e.inPlainWords());
        }
    }

    /**
     * Makes sure, before anything is touched, that the server can boot in this mode from what {@link #choose} will find.
     *
     * @throws NodeFault naming the boot ISO that was given, or the boot loader that is not there to make one
     */
    void requireBoots(Node node, BootMode mode, IsoUrls isos) {
        given(node).ifPresent(reference -> isos.judge(givenIn(node), reference, Optional.of(mode)));
        if (!boots(node, mode)) {
            throw Trouble.deploy(
                    "The server boots in " + mode.wireName().toUpperCase(Locale.ROOT)
                            + " mode, and the boot loader for that " + new BootLoaders(config).missing(mode),
                    "Or set boot_mode in properties/capabilities to another mode, or give a boot ISO in"
                            + " instance_info/ilo_boot_iso.");
        }
    }

    /** Whether the server can boot in this mode from what {@link #choose} will find; one that was given is trusted. */
    boolean boots(Node node, BootMode mode) {
        return given(node).isPresent() || new BootLoaders(config).has(mode);
    }

    /**
     * The boot ISO for the instance just written, recorded in {@code instance_info} under both names.
     *
     * @return a reference as in {@link IsoUrls}
     * @throws NodeFault when none can be had
     */
    public String choose(Task task, DeployedDisk disk) {
        Optional<String> given = given(task.node());
        if (given.isPresent()) {
            task.event("boot iso", "Using the boot ISO that was given: " + IsoUrls.shown(given.get()));
            leaveShared(task);
            return record(task, given.get());
        }
        BootIsoPlan plan = ingredients.plan(task.node(), disk);
        if (!sharedName(task.node()).equals(Optional.of(plan.name()))) {
            leaveShared(task);
        }
        // remembered first: should this conductor die while counting, the clean-up still knows what to give back
        task.remember(SHARED, plan.name());
        if (!acquire(task, plan)) {
            task.event("boot iso", "Using the boot ISO " + plan.name() + " that other nodes of this image use too");
        }
        mark.writeUsage(plan.name());
        return record(task, plan.name());
    }

    /** Whether the ISO was made; also when the database knows it and somebody deleted it from the store. */
    private boolean acquire(Task task, BootIsoPlan plan) {
        if (shared.acquire(plan.name(), task.node().uuid(), () -> make(task, plan))) {
            return true;
        }
        if (exists(plan.name())) {
            return false;
        }
        task.event("boot iso", "The boot ISO " + plan.name() + " is gone from the store");
        shared.lost(plan.name());
        return shared.acquire(plan.name(), task.node().uuid(), () -> make(task, plan));
    }

    /** Ends the node's use of its boot ISO. Content when it has none. */
    public void release(Task task) {
        leaveShared(task);
        Optional<String> own = Optional.ofNullable(internal(task.node(), InstanceBoot.RECORDED_BOOT_ISO));
        if (own.isPresent() && recorded(task.node()).equals(own)) {
            task.removeInstanceInfo(OLD_NAME);
            task.removeInstanceInfo(NEW_NAME);
        }
        task.forget(InstanceBoot.RECORDED_BOOT_ISO);
    }

    /** What the operator or the image brings; what we recorded ourselves is neither. */
    private Optional<String> given(Node node) {
        return givenOnNode(node).or(() -> ingredients.bootIsoOfImage(node));
    }

    private static String givenIn(Node node) {
        return givenOnNode(node).isPresent()
                ? "instance_info/" + OLD_NAME
                : "property " + NEW_NAME + " of image "
                        + IsoUrls.shown(node.instanceInfo().text("image_source").orElse(""));
    }

    private static Optional<String> givenOnNode(Node node) {
        Optional<String> own = Optional.ofNullable(internal(node, InstanceBoot.RECORDED_BOOT_ISO));
        return recorded(node).filter(reference -> !own.equals(Optional.of(reference)));
    }

    private String record(Task task, String reference) {
        if (!recorded(task.node()).equals(Optional.of(reference))) {
            task.remember(InstanceBoot.RECORDED_BOOT_ISO, reference);
            task.setInstanceInfo(OLD_NAME, reference);
            task.setInstanceInfo(NEW_NAME, reference);
        }
        return reference;
    }

    private void leaveShared(Task task) {
        sharedName(task.node()).ifPresent(name -> {
            try {
                shared.release(name, task.node().uuid(), () -> Unremoved.remove(publisher, name));
            } catch (Unremoved e) {
                task.event(
                        "boot iso",
                        "No node uses the boot ISO " + name + " any more, but it could not be removed and is left for"
                                + " the sweep: " + e.getMessage());
            }
            mark.writeUsage(name);
            task.forget(SHARED);
        });
    }

    private void make(Task task, BootIsoPlan plan) {
        task.event("boot iso", "Making the boot ISO " + plan.name());
        BootLoaders loaders = new BootLoaders(config);
        try (Scratch scratch = Scratch.in(config.workDirectory())) {
            Path kernel = scratch.file("vmlinuz");
            Path ramdisk = scratch.file("initrd");
            fetch(task, "instance_info/kernel", plan.kernel(), kernel);
            fetch(task, "instance_info/ramdisk", plan.ramdisk(), ramdisk);
            Path iso = scratch.file(plan.name());
            Images.createBootIso(
                    loaders.bootIso(Content.of(kernel), Content.of(ramdisk), plan.kernelParameters()), iso);
            publisher.store(plan.name(), iso, Map.of(OwnMark.USAGE_COUNT, "1"));
        } catch (PublishException e) {
            throw Trouble.publishing("The boot ISO", e);
        } catch (IOException | IllegalArgumentException e) {
            throw Trouble.making("The boot ISO", e);
        }
    }

    private void fetch(Task task, String field, ImageRequest request, Path file) throws IOException {
        sources.download(request, file);
        if (Files.size(file) == 0) {
            throw new InvalidRequest(
                    FaultCode.IMAGE_UNACCEPTABLE,
                    "'" + field + "' cannot be used: " + IsoUrls.shown(request.reference()) + " has 0 bytes",
                    "Look at where it came from, and whether its upload was finished.");
        }
        task.checkCancelled();
    }

    private boolean exists(String name) {
        try {
            return publisher.exists(name);
        } catch (PublishException e) {
            throw Trouble.publishing("The boot ISO", e);
        }
    }

    private static Optional<String> sharedName(Node node) {
        return Optional.ofNullable(internal(node, SHARED));
    }

    private static String internal(Node node, String key) {
        return (String) node.status().internalInfo().get(key);
    }
}
