package io.ferric.ilo;

import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.image.BootParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the iLO driver. Immutable; start from {@link #defaults()}.
 *
 * @param clientTimeout bounds one call to an iLO, unless the node says otherwise ({@code client_timeout})
 * @param clientPort where iLOs listen, unless the node says otherwise ({@code client_port})
 * @param powerRetry how many more times the power state is read while a server changes it
 * @param powerWait the time between two such reads
 * @param deployHelperImagesTtl how long floppies, and URLs of floppies and ISOs, are good from when they are attached. An
 *     iLO fetches while the server boots: 5 minutes more than {@code conductor.deploy_callback_timeout} are taken where
 *     that is longer, and 40 minutes where it is zero
 * @param kernelAppendParams follows {@code root=UUID=...} on the kernel line of boot ISOs made here
 * @param checkLicense whether a deploy asks for the iLO's license before it touches the power
 * @param verifyCa how certificates of iLOs are judged when a node says nothing: {@code true} for the authorities of this
 *     Java, {@code false}, or a file or folder of PEM certificates
 * @param mediaUse how media are made visible to the server
 * @param workDirectory where floppies and ISOs are made; emptied after use
 * @param isolinuxBin the boot loader of boot ISOs for BIOS; without it the usual places are looked at
 * @param grubEfi the boot loader of boot ISOs for UEFI: a GRUB for CDs, or a shim with grubx64.efi beside it; without it
 *     the usual places are looked at
 */
public record IloConfig(
        Duration clientTimeout,
        int clientPort,
        int powerRetry,
        Duration powerWait,
        Duration deployHelperImagesTtl,
        String kernelAppendParams,
        boolean checkLicense,
        String verifyCa,
        MediaUse mediaUse,
        Path workDirectory,
        Optional<Path> isolinuxBin,
        Optional<Path> grubEfi) {

    /** Checks what would only be noticed in the middle of a deploy. */
    public IloConfig {
        BootParameters.requireSafeKernelParameters(kernelAppendParams);
        require(clientPort >= 1 && clientPort <= 65_535, "client_port must lie between 1 and 65535: " + clientPort);
        require(powerRetry >= 1, "power_retry must be 1 or more: " + powerRetry);
        require(clientTimeout.toMillis() > 0, "client_timeout must be longer than nothing");
        require(!powerWait.isNegative(), "power_wait must not be negative");
        require(deployHelperImagesTtl.toSeconds() > 0, "deploy_helper_images_ttl must be a second or more");
        requireThere(verifyCa);
    }

    public static IloConfig defaults() {
        return new IloConfig(
                Duration.ofSeconds(60),
                443,
                6,
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                "nofb nomodeset vga=normal",
                true,
                "true",
                MediaUse.CONNECT,
                Path.of("/var/lib/ferric/ilo"),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, with URLs that outlive a wait for the call-back of this length; 40 minutes where it has no end (zero). */
    public IloConfig coveringCallback(Duration callbackTimeout) {
        Duration least = callbackTimeout.isZero() ? Duration.ofMinutes(40) : callbackTimeout.plusMinutes(5);
        return deployHelperImagesTtl.compareTo(least) >= 0 ? this : withDeployHelperImagesTtl(least);
    }

    public IloConfig withDeployHelperImagesTtl(Duration ttl) {
        return new IloConfig(
                clientTimeout,
                clientPort,
                powerRetry,
                powerWait,
                ttl,
                kernelAppendParams,
                checkLicense,
                verifyCa,
                mediaUse,
                workDirectory,
                isolinuxBin,
                grubEfi);
    }

    public IloConfig withPower(int retry, Duration wait) {
        return new IloConfig(
                clientTimeout,
                clientPort,
                retry,
                wait,
                deployHelperImagesTtl,
                kernelAppendParams,
                checkLicense,
                verifyCa,
                mediaUse,
                workDirectory,
                isolinuxBin,
                grubEfi);
    }

    public IloConfig withKernelAppendParams(String parameters) {
        return new IloConfig(
                clientTimeout,
                clientPort,
                powerRetry,
                powerWait,
                deployHelperImagesTtl,
                parameters,
                checkLicense,
                verifyCa,
                mediaUse,
                workDirectory,
                isolinuxBin,
                grubEfi);
    }

    public IloConfig withMediaUse(MediaUse use) {
        return new IloConfig(
                clientTimeout,
                clientPort,
                powerRetry,
                powerWait,
                deployHelperImagesTtl,
                kernelAppendParams,
                checkLicense,
                verifyCa,
                use,
                workDirectory,
                isolinuxBin,
                grubEfi);
    }

    public IloConfig withWorkDirectory(Path directory) {
        return new IloConfig(
                clientTimeout,
                clientPort,
                powerRetry,
                powerWait,
                deployHelperImagesTtl,
                kernelAppendParams,
                checkLicense,
                verifyCa,
                mediaUse,
                directory,
                isolinuxBin,
                grubEfi);
    }

    public IloConfig withIsolinuxBin(Path file) {
        return new IloConfig(
                clientTimeout,
                clientPort,
                powerRetry,
                powerWait,
                deployHelperImagesTtl,
                kernelAppendParams,
                checkLicense,
                verifyCa,
                mediaUse,
                workDirectory,
                Optional.of(file),
                grubEfi);
    }

    public IloConfig withGrubEfi(Path file) {
        return new IloConfig(
                clientTimeout,
                clientPort,
                powerRetry,
                powerWait,
                deployHelperImagesTtl,
                kernelAppendParams,
                checkLicense,
                verifyCa,
                mediaUse,
                workDirectory,
                isolinuxBin,
                Optional.of(file));
    }

    private static void requireThere(String verifyCa) {
        try {
            IloTrust.parse(verifyCa);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "verify_ca is neither true nor false, and " + e.getMessage() + ": " + verifyCa);
        }
    }

    private static void require(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException("ilo: " + message);
        }
    }
}
