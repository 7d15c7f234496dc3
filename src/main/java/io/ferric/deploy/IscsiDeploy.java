package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.node.Uuids;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deploy over iSCSI that several drivers share: everything but the way the ramdisk is booted. A driver calls, in
 * this order, {@link #validate}; on its first visit {@link #cacheInstanceImage}, {@link #checkImageSize} and {@link
 * #getDeployInfo}; when the ramdisk calls back {@link #acceptCall}, and on its second visit {@link #continueDeploy};
 * and whenever a deploy has ended one way or the other {@link #destroyImages}.
 *
 * <p>Every method can be run again. Whatever goes wrong is a {@link NodeFault} that an operator understands. Safe for use
 * by many threads. Source: the module iscsi_deploy of the iLO blueprint.
 */
public final class IscsiDeploy {
    private static final Logger LOG = LoggerFactory.getLogger(IscsiDeploy.class);

    private final DeployConfig config;
    private final ImageCache cache;
    private final RamdiskDisks disks;
    private final SecureRandom random;
    private final RamdiskOrders orders;
    private final EphemeralFilesystem mkfs;
    private final BufferPool buffers = new BufferPool();

    public IscsiDeploy(DeployConfig config, ImageCache cache, DiskConnector disks, SecureRandom random, ApiUrl apiUrl) {
        this.config = config;
        this.cache = cache;
        this.disks = new RamdiskDisks(disks);
        this.random = random;
        this.orders = new RamdiskOrders(config, random, apiUrl);
        this.mkfs = new EphemeralFilesystem(config.mkfsTimeout());
    }

    public DeployConfig config() {
        return config;
    }

    /** Erasing over iSCSI, with a ramdisk that is told and believed as in a deploy. */
    public IscsiErase erase() {
        return new IscsiErase(config, orders, disks, buffers);
    }

    /** Where the images, kernels and ramdisks of this conductor come from. */
    public ImageSources sources() {
        return cache.sources();
    }

    /**
     * Notes everything that would stop a deploy in this room's part of it: no port, no API URL, wrong instance_info, an
     * image its source does not have, a missing mkfs, parameters the ramdisk could not take. Asks the image's source
     * once; touches no server.
     */
    public void validate(Task task, Findings findings) {
        Node node = task.node();
        if (task.ports().isEmpty()) {
            findings.missing(
                    "ports", "Node " + node.uuid() + " needs at least one port: enrol its network interfaces.");
        }
        orders.checkApi(findings);
        ImageFacts facts = new ImageFacts(sources());
        Optional<Boolean> wholeDisk = ImageKind.isWholeDisk(node, facts, findings);
        new InstanceInfoReader(node, config, facts, findings)
                .read(wholeDisk)
                .ifPresent(plan -> validate(plan, facts, findings));
        // an image of which nothing could be learnt must not have a boot loader blamed
        orders.check(task, wholeDisk.orElse(true), findings);
    }

    private boolean isWholeDisk(Node node) {
        Findings findings = new Findings();
        Optional<Boolean> wholeDisk = ImageKind.isWholeDisk(node, new ImageFacts(sources()), findings);
        findings.throwIfAny();
        return wholeDisk.orElseThrow();
    }

    /**
     * What the server will start the instance from, by what is declared now; wrong instance_info and capabilities are
     * for others to note. The image's source may be asked.
     *
     * @throws InvalidRequest when it cannot be told what kind of image it is, {@link #validate} noting the same
     */
    public InstanceBoot instanceBoot(Node node) {
        return orders.boot(node, isWholeDisk(node));
    }

    /** Why no server can reach a URL of ours, to follow the name of a setting; empty when nothing speaks against it. */
    public Optional<String> unreachable(URI url) {
        return orders.unreachable(url);
    }

    private void validate(InstancePlan plan, ImageFacts facts, Findings findings) {
        if (plan.ephemeralMib() > 0 && mkfs.program(plan.ephemeralFormat()).isEmpty()) {
            findings.invalid(
                    "instance_info/ephemeral_format",
                    "is " + plan.ephemeralFormat() + ", but this conductor has no mkfs." + plan.ephemeralFormat()
                            + "; install it or choose another format.");
        }
        if (plan.ephemeralMib() > 0 && mkfs.tar().isEmpty()) {
            findings.invalid("instance_info/ephemeral_gb", "needs GNU tar on this conductor; install it.");
        }
        try {
            sources().checksum(plan.image(), facts.of(plan.image().reference()));
        } catch (OperationFailed e) {
            findings.invalid("instance_info/image_source", "cannot be used. " + e.inPlainWords());
        }
    }

    /**
     * Reads {@code instance_info}, noting all that is wrong; empty when anything was. When it does not say what kind of
     * image it is, the image's source is asked.
     */
    public Optional<InstancePlan> parseInstanceInfo(Node node, Findings findings) {
        return new InstanceInfoReader(node, config, new ImageFacts(sources()), findings).read();
    }

    /** Reads {@code instance_info}; throws one fault that names all that is wrong. */
    public InstancePlan parseInstanceInfo(Node node) {
        Findings findings = new Findings();
        Optional<InstancePlan> plan = parseInstanceInfo(node, findings);
        findings.throwIfAny();
        return plan.orElseThrow();
    }

    /** The plan of the deploy under way, whose image has been fetched: nobody needs to be asked any more. */
    private InstancePlan planUnderWay(Node node) {
        Optional<Boolean> wholeDisk = Memory.wholeDisk(node);
        if (wholeDisk.isEmpty()) {
            return parseInstanceInfo(node);
        }
        Findings findings = new Findings();
        Optional<InstancePlan> plan =
                new InstanceInfoReader(node, config, new ImageFacts(sources()), findings).read(wholeDisk);
        findings.throwIfAny();
        return plan.orElseThrow();
    }

    /** What the image's source says about it: {@code kernel_id}, {@code ramdisk_id}, {@code boot_iso} ... */
    public ImageMetadata imageMetadata(Node node) {
        return new ImageFacts(sources()).of(parseInstanceInfo(node).image().reference());
    }

    /** Fetches and checks the instance's image; there is nothing to transfer when the cache has it. */
    public CachedImage cacheInstanceImage(Task task) {
        return cacheInstanceImage(task, parseInstanceInfo(task.node()));
    }

    private CachedImage cacheInstanceImage(Task task, InstancePlan plan) {
        task.event("cache image", "fetching " + Faults.shown(plan.image().reference()));
        CachedImage image = cache.fetch(plan.image(), imagePath(task.node().uuid()), (done, total) -> {
            task.checkCancelled();
            task.progress("cache image", done, total);
        });
        Memory.keep(task, image, plan.wholeDisk());
        task.event("cache image", "the image has " + image.size() + " bytes, sha256 " + image.sha256());
        return image;
    }

    /**
     * Fails when the image does not fit into the root partition or, being that of a whole disk, the node could not boot
     * from it. Fetches the image first when that was not done.
     */
    public void checkImageSize(Task task) {
        InstancePlan plan = planUnderWay(task.node());
        CachedImage image = cachedImage(task, plan);
        if (plan.wholeDisk()) {
            checkWholeDisk(task, plan, image);
        } else if (image.contentMib() > plan.rootMib()) {
            throw Faults.deploy(
                    "Root partition is too small for the requested image. Image size: " + image.contentMib()
                            + " MiB, root partition: " + plan.rootMib() + " MiB",
                    "Raise instance_info/root_gb or deploy a smaller image; the server has not been touched.");
        }
    }

    private static void checkWholeDisk(Task task, InstancePlan plan, CachedImage image) {
        try {
            WholeDiskImage content = WholeDiskImage.inspect(image);
            content.requireFor(plan);
            task.event(
                    "check image",
                    "the image is one of a whole disk, with " + content.table().kind()
                            + (content.bootCode() ? ", boot code for BIOS" : "")
                            + (content.table().hasEfiSystem() ? ", an EFI system partition" : ""));
        } catch (IOException e) {
            throw Faults.storage("Reading the image on the conductor's own disk", e);
        }
    }

    /** Makes the key worthless that {@link #getDeployInfo} gave out; content when there is none. */
    public void retireKey(Task task) {
        DeployKey.retire(task);
    }

    /** Removes the node's folder with its image and whatever else is in it; the cache keeps its copy as it sees fit. */
    public void destroyImages(UUID node) {
        Path file = imagePath(node);
        cache.release(file);
        try {
            Folders.delete(file.getParent());
        } catch (IOException e) {
            throw Faults.storage("Deleting " + file.getParent(), e);
        }
    }

    /**
     * What the ramdisk must know, with a new deploy key, which is stored in {@code instance_info}. How the instance
     * will boot is remembered for the visits to come ({@link InstanceBoot#remembered}). A deploy that was finished
     * before counts no more.
     */
    public RamdiskOptions getDeployInfo(Task task) {
        Node node = task.node();
        boolean wholeDisk = Memory.wholeDisk(node).orElseGet(() -> isWholeDisk(node));
        RamdiskOptions options = orders.issue(task, wholeDisk);
        task.forget(Memory.DISK_WRITTEN);
        orders.boot(node, wholeDisk).remember(task);
        return options;
    }

    /**
     * Checks that a call comes from the ramdisk of this deploy. To come first, so that nothing is told to a stranger.
     *
     * @throws InvalidRequest (400) when it does not
     */
    public void checkKey(Task task, VendorCall call) {
        DeployKey.check(task.node(), call.parameters().get("key"));
    }

    /**
     * Checks the call that offers a disk, its key included, changing nothing.
     *
     * @throws InvalidRequest (400) with the reason
     */
    public RamdiskCall acceptCall(Task task, VendorCall call) {
        checkKey(task, call);
        Node node = task.node();
        RamdiskCall accepted = new CallbackCheck(config.ramdisk()).check(node.uuid(), call);
        if (accepted.error().isEmpty()) {
            planUnderWay(node);
        }
        return accepted;
    }

    /**
     * Checks the call that reports a boot loader, its key included, changing nothing.
     *
     * @throws InvalidRequest (400) with the reason
     */
    public BootLoaderReport acceptReport(Task task, VendorCall call) {
        checkKey(task, call);
        return new CallbackCheck(config.ramdisk()).checkReport(call);
    }

    /**
     * Partitions and writes the disk the ramdisk offers, and logs out, whatever happens. The deploy key is used up with
     * the first call of this, unless the ramdisk needs it once more to report a boot loader. What came of it is
     * remembered as {@code root_uuid}, {@code partitions}, {@code image_sha256}, {@code bytes_written} and {@code
     * verified}; run again after it had finished it answers from that.
     * {@code verified} means that the data of the image, and samples of its empty stretches, were read back and are right.
     */
    public DeployedDisk continueDeploy(Task task, RamdiskCall call) {
        if (call.error().isPresent() || InstanceBoot.remembered(task.node()) != InstanceBoot.LOCAL) {
            DeployKey.retire(task);
        }
        RamdiskDisks.refuseError(call);
        InstancePlan plan = planUnderWay(task.node());
        Optional<DeployedDisk> finished = Memory.finished(task.node());
        if (finished.isPresent()) {
            task.event("write root", "the disk was complete already before this attempt");
            return finished.get();
        }
        CachedImage image = cachedImage(task, plan);
        DiskDeploy work = new DiskDeploy(
                plan,
                image,
                new DiskDeploy.Tools(mkfs, buffers, random, cache, image.path().getParent()),
                task);
        DeployedDisk deployed = disks.on(task, call, work::run);
        Memory.finish(task, deployed);
        destroyImagesQuietly(task.node());
        return deployed;
    }

    /** The disk is complete: what is left on our own must not fail the deploy; the next clean-up tries again. */
    private void destroyImagesQuietly(Node node) {
        try {
            destroyImages(node.uuid());
        } catch (NodeFault e) {
            LOG.warn("the image of node {} is left behind: {}", node.uuid(), e.inPlainWords());
        }
    }

    /**
     * The image of the first visit when it is still there; else it is fetched, as after another conductor's death, to be
     * of the kind that is planned with.
     */
    private CachedImage cachedImage(Task task, InstancePlan plan) {
        Path file = imagePath(task.node().uuid());
        return Memory.cachedImage(task.node(), file).orElseGet(() -> cacheInstanceImage(task, plan));
    }

    /**
     * Deletes what a conductor that died left half made in the nodes' folders: config drives among it, with passwords in
     * them. Images stay. To be called at the start, before any deploy runs.
     */
    public void deleteLeftovers() {
        try {
            for (Path node : nodeFolders()) {
                SmallImage.deleteLeftovers(node);
            }
        } catch (IOException e) {
            LOG.warn("what an earlier run left below {} stays: {}", config.imagesPath(), Faults.words(e));
        }
    }

    /** The nodes of which there is an image on this machine, be it in use or left by a deploy that ended elsewhere. */
    public Set<UUID> nodesWithImages() {
        try {
            return nodeFolders().stream()
                    .flatMap(folder -> Uuids.parse(folder.getFileName().toString()).stream())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw Faults.storage("Looking into " + config.imagesPath(), e);
        }
    }

    private List<Path> nodeFolders() throws IOException {
        if (!Files.isDirectory(config.imagesPath())) {
            return List.of();
        }
        try (Stream<Path> below = Files.list(config.imagesPath())) {
            return below.filter(Files::isDirectory).toList();
        }
    }

    private Path imagePath(UUID node) {
        return config.imagesPath().resolve(node.toString()).resolve("disk");
    }
}
