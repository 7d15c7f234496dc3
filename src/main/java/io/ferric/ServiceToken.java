package io.ferric;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.ilo.TokenSource;
import io.ferric.node.FaultCode;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.node.Secret;
import io.ferric.publish.Keystone;
import io.ferric.publish.PublishException;
import io.ferric.rest.auth.Access;
import io.ferric.rest.auth.Caller;
import io.ferric.rest.auth.KeystoneAuthenticator;
import io.ferric.rest.auth.Right;
import java.time.Duration;
import java.util.Optional;

/** The ramdisk shows a token of Ferric's own user, which therefore must be one that our API lets in. */
final class ServiceToken implements TokenSource {
    private static final String FIELD = "rest.keystone.ramdisk_token";

    private final Keystone keystone;
    private final KeystoneAuthenticator api;
    private final Duration callback;

    /** @param callback how long the ramdisk has to call back */
    ServiceToken(Keystone keystone, KeystoneAuthenticator api, Duration callback) {
        this.keystone = keystone;
        this.api = api;
        this.callback = callback;
    }

    @Override
    public Optional<Secret> token(Task task) {
        return Optional.of(Secret.of(token(callback)));
    }

    @Override
    public void validate(Task task, Findings findings) {
        try {
            Caller ourselves = api.callerWith(token(Duration.ZERO));
            if (!Access.of(ourselves).may(Right.NODE_VENDOR_PASSTHRU)) {
                findings.invalid(
                        FIELD, "is service, but our own user " + ourselves.name() + " may only look." + cure());
            }
        } catch (NodeFault e) {
            findings.invalid(FIELD, "is service, but our own user is not let in: " + e.inPlainWords() + cure());
        }
    }

    private static String cure() {
        return " Give it a role of rest.keystone.service_roles in its project, or set " + FIELD + " to ferric.";
    }

    private String token(Duration atLeast) {
        try {
            return keystone.token(atLeast);
        } catch (PublishException e) {
            throw new OperationFailed(
                    FaultCode.INSTANCE_DEPLOY_FAILURE,
                    "There is no token for the ramdisk: " + e.getMessage(),
                    "Check the section openstack.",
                    e);
        }
    }
}
