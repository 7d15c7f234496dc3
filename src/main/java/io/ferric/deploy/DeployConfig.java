package io.ferric.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the deploy module. Immutable; start from {@link #defaults()}.
 *
 * @param imagesPath where each node being deployed has its folder {@code <node uuid>} with its image {@code disk}; to be
 *     on one file system with the image cache, or images are downloaded for each node anew
 * @param imageCache the cache of images
 * @param http how images are fetched over HTTP
 * @param fileUrlAllowedPaths the only folders that {@code file://} references may lead into
 * @param weakChecksums whether md5 and sha1 checksums of images are accepted
 * @param diskDevices the disks the ramdisk tries, in this order, without {@code /dev/}
 * @param defaultEphemeralFormat the file system of an ephemeral partition when the node does not say
 * @param mkfsTimeout the longest time that making a file system may take
 * @param iscsiDeadline the longest time without progress on the wire to the ramdisk's disk
 * @param ramdisk how the ramdisk is believed and talked to
 */
public record DeployConfig(
        Path imagesPath,
        ImageCacheConfig imageCache,
        HttpImageConfig http,
        List<Path> fileUrlAllowedPaths,
        boolean weakChecksums,
        String diskDevices,
        String defaultEphemeralFormat,
        Duration mkfsTimeout,
        Duration iscsiDeadline,
        RamdiskConfig ramdisk) {

    public DeployConfig {
        fileUrlAllowedPaths = List.copyOf(fileUrlAllowedPaths);
    }

    public static DeployConfig defaults() {
        return new DeployConfig(
                Path.of("/var/lib/ferric/images"),
                ImageCacheConfig.defaults(),
                HttpImageConfig.defaults(),
                List.of(Path.of("/var/lib/ferric/files")),
                false,
                "cciss/c0d0,sda,hda,vda",
                "ext4",
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                RamdiskConfig.defaults());
    }

    /** The same with images and their cache below this folder. */
    public DeployConfig withFolder(Path work) {
        return new DeployConfig(
                work.resolve("images"),
                imageCache.withMasterPath(work.resolve("master_images")),
                http,
                fileUrlAllowedPaths,
                weakChecksums,
                diskDevices,
                defaultEphemeralFormat,
                mkfsTimeout,
                iscsiDeadline,
                ramdisk);
    }

    /** The same with other folders for {@code file://}. */
    public DeployConfig withFileUrlAllowedPaths(List<Path> folders) {
        return new DeployConfig(
                imagesPath,
                imageCache,
                http,
                folders,
                weakChecksums,
                diskDevices,
                defaultEphemeralFormat,
                mkfsTimeout,
                iscsiDeadline,
                ramdisk);
    }

    /** The same with another cache. */
    public DeployConfig withImageCache(ImageCacheConfig cache) {
        return new DeployConfig(
                imagesPath,
                cache,
                http,
                fileUrlAllowedPaths,
                weakChecksums,
                diskDevices,
                defaultEphemeralFormat,
                mkfsTimeout,
                iscsiDeadline,
                ramdisk);
    }

    /** The same with other dealings with the ramdisk. */
    public DeployConfig withRamdisk(RamdiskConfig other) {
        return new DeployConfig(
                imagesPath,
                imageCache,
                http,
                fileUrlAllowedPaths,
                weakChecksums,
                diskDevices,
                defaultEphemeralFormat,
                mkfsTimeout,
                iscsiDeadline,
                other);
    }
}
