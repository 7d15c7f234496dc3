package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.node.Node;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The deploy over iSCSI that several drivers share: everything but the way the ramdisk is booted.
 */
public final class IscsiDeploy {
    private final DeployConfig config;
    private final ImageCache cache;

    public IscsiDeploy(DeployConfig config, ImageCache cache, DiskConnector disks, SecureRandom random, ApiUrl apiUrl) {
        this.config = config;
        this.cache = cache;
    }

    public DeployConfig config() {
        return config;
    }

    /** Where the images, kernels and ramdisks of this conductor come from. */
    public ImageSources sources() {
        return cache.sources();
    }

    /** Notes everything that would stop a deploy in this room's part of it. */
    public void validate(Task task, Findings findings) {
        throw new UnsupportedOperationException();
    }

    /** Reads {@code instance_info}, noting all that is wrong; empty when there is no use in going on. */
    public Optional<InstancePlan> parseInstanceInfo(Node node, Findings findings) {
        throw new UnsupportedOperationException();
    }

    /** Reads {@code instance_info}; throws one fault that names all that is wrong. */
    public InstancePlan parseInstanceInfo(Node node) {
        throw new UnsupportedOperationException();
    }

    /** What the image's source says about it: {@code kernel_id}, {@code ramdisk_id}, {@code boot_iso} ... */
    public ImageMetadata imageMetadata(Node node) {
        throw new UnsupportedOperationException();
    }

    /** Fetches and checks the instance's image; nothing more to do when it is there. */
    public CachedImage cacheInstanceImage(Task task) {
        throw new UnsupportedOperationException();
    }

    /** Fails when the image does not fit into the root partition. */
    public void checkImageSize(Task task) {
        throw new UnsupportedOperationException();
    }

    /** Removes the node's image; the cache keeps its copy as long as it sees fit. */
    public void destroyImages(Node node) {
        throw new UnsupportedOperationException();
    }

    /** What the ramdisk must know, with a new deploy key, which is stored in {@code instance_info}. */
    public RamdiskOptions getDeployInfo(Task task) {
        throw new UnsupportedOperationException();
    }

    /** Checks a call of the ramdisk, changing nothing: 400 with the reason when it is not what it should be. */
    public RamdiskCall acceptCall(Task task, VendorCall call) {
        throw new UnsupportedOperationException();
    }

    /** Partitions and writes the disk the ramdisk offers. */
    public DeployedDisk continueDeploy(Task task, RamdiskCall call) {
        throw new UnsupportedOperationException();
    }
}
