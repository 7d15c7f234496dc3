package io.ferric.ilo;

import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.image.BootParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

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
 * @param protocol what is spoken to iLOs, unless a node says otherwise ({@code ilo_protocol}): {@code auto} finds out which
 *     iLO it is and takes what suits it, {@code ribcl} and {@code redfish} allow no other
 * @param mediaUse how media are made visible to the server
 * @param cleanPriorities which steps automatic cleaning has, and in which order
 * @param stepTimeout how long a step of cleaning waits for an iLO that was restarted, and for a server to take over its
 *     BIOS settings
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
        ProtocolChoice protocol,
        MediaUse mediaUse,
        CleanPriorities cleanPriorities,
        Duration stepTimeout,
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
        require(stepTimeout.toSeconds() > 0, "step_timeout must be a second or more");
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
                ProtocolChoice.AUTO,
                MediaUse.CONNECT,
                CleanPriorities.defaults(),
                Duration.ofMinutes(15),
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
        return with(draft -> draft.deployHelperImagesTtl = ttl);
    }

    public IloConfig withPower(int retry, Duration wait) {
        return with(draft -> {
            draft.powerRetry = retry;
            draft.powerWait = wait;
        });
    }

    public IloConfig withKernelAppendParams(String parameters) {
        return with(draft -> draft.kernelAppendParams = parameters);
    }

    public IloConfig withProtocol(ProtocolChoice choice) {
        return with(draft -> draft.protocol = choice);
    }

    public IloConfig withMediaUse(MediaUse use) {
        return with(draft -> draft.mediaUse = use);
    }

    public IloConfig withCleanPriorities(CleanPriorities priorities) {
        return with(draft -> draft.cleanPriorities = priorities);
    }

    public IloConfig withStepTimeout(Duration timeout) {
        return with(draft -> draft.stepTimeout = timeout);
    }

    public IloConfig withWorkDirectory(Path directory) {
        return with(draft -> draft.workDirectory = directory);
    }

    public IloConfig withIsolinuxBin(Path file) {
        return with(draft -> draft.isolinuxBin = Optional.of(file));
    }

    public IloConfig withGrubEfi(Path file) {
        return with(draft -> draft.grubEfi = Optional.of(file));
    }

    private IloConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
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

    /** A copy in the making. */
    private static final class Draft {
        private final Duration clientTimeout;
        private final int clientPort;
        private int powerRetry;
        private Duration powerWait;
        private Duration deployHelperImagesTtl;
        private String kernelAppendParams;
        private final boolean checkLicense;
        private final String verifyCa;
        private ProtocolChoice protocol;
        private MediaUse mediaUse;
        private CleanPriorities cleanPriorities;
        private Duration stepTimeout;
        private Path workDirectory;
        private Optional<Path> isolinuxBin;
        private Optional<Path> grubEfi;

        private Draft(IloConfig from) {
            clientTimeout = from.clientTimeout;
            clientPort = from.clientPort;
            powerRetry = from.powerRetry;
            powerWait = from.powerWait;
            deployHelperImagesTtl = from.deployHelperImagesTtl;
            kernelAppendParams = from.kernelAppendParams;
            checkLicense = from.checkLicense;
            verifyCa = from.verifyCa;
            protocol = from.protocol;
            mediaUse = from.mediaUse;
            cleanPriorities = from.cleanPriorities;
            stepTimeout = from.stepTimeout;
            workDirectory = from.workDirectory;
            isolinuxBin = from.isolinuxBin;
            grubEfi = from.grubEfi;
        }

        private IloConfig done() {
            return new IloConfig(
                    clientTimeout,
                    clientPort,
                    powerRetry,
                    powerWait,
                    deployHelperImagesTtl,
                    kernelAppendParams,
                    checkLicense,
                    verifyCa,
                    protocol,
                    mediaUse,
                    cleanPriorities,
                    stepTimeout,
                    workDirectory,
                    isolinuxBin,
                    grubEfi);
        }
    }
}
