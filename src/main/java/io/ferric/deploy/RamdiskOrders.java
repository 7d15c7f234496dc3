package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;

/** Gives ramdisks their orders, each time with a new key by which their call is known. */
final class RamdiskOrders {
    private final DeployConfig config;
    private final SecureRandom random;
    private final ApiUrl apiUrl;

    RamdiskOrders(DeployConfig config, SecureRandom random, ApiUrl apiUrl) {
        this.config = config;
        this.random = random;
        this.apiUrl = apiUrl;
    }

    /** Notes why no ramdisk could call back. */
    void checkApi(Findings findings) {
        if (apiUrl.get().isEmpty()) {
            findings.missing("api_url", "Say where the ramdisk reaches this API.");
        }
        apiUrl.get()
                .flatMap(this::unreachable)
                .ifPresent(why -> findings.invalid(
                        "api_url",
                        why + " Set it to the URL by which servers reach this API (and rest.host to match)."));
    }

    /** Why no server can reach a URL of ours, to follow the name of a setting; empty when nothing speaks against it. */
    Optional<String> unreachable(URI url) {
        return new Reachability(config.ramdisk()).objection(url);
    }

    /**
     * Notes what could not be handed to the ramdisk.
     *
     * @param wholeDisk whether the ramdisk has no boot loader to install
     */
    void check(Task task, boolean wholeDisk, Findings findings) {
        new RamdiskParameters(config, wholeDisk).validate(task.node(), task.ports(), apiUrl.get(), findings);
    }

    /** Orders with a new key, which is stored in {@code instance_info}. */
    RamdiskOptions issue(Task task, boolean wholeDisk) {
        Findings findings = new Findings();
        check(task, wholeDisk, findings);
        findings.throwIfAny();
        return new RamdiskParameters(config, wholeDisk)
                .with(
                        DeployKey.renew(task, random),
                        task.node(),
                        task.ports(),
                        apiUrl.get().orElseThrow(RamdiskOrders::noApiUrl));
    }

    /** What the server will start the instance from. */
    InstanceBoot boot(Node node, boolean wholeDisk) {
        return new RamdiskParameters(config, wholeDisk).boot(node);
    }

    private static NodeFault noApiUrl() {
        return new InvalidRequest(
                FaultCode.MISSING_PARAMETER_VALUE,
                "It is not known where the ramdisk reaches this API",
                "Set api_url.");
    }
}
