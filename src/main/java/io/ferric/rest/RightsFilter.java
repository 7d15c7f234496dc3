package io.ferric.rest;

import io.ferric.conductor.Conductor;
import io.ferric.node.AccessDenied;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.rest.auth.Access;
import io.ferric.rest.auth.Caller;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.auth.Role;
import io.ferric.rest.common.Call;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.Optional;

/**
 * Lets a request through to its resource when the caller has the right that this {@link Needs}. Callers of a project hear of
 * a node they cannot see what they would hear if there were none; only for them the node is looked up, and it goes along.
 */
final class RightsFilter implements ContainerRequestFilter {
    private final Conductor conductor;
    private final RamdiskAccess ramdisks;

    @Context
    private ResourceInfo resource;

    RightsFilter(Conductor conductor, RamdiskAccess ramdisks) {
        this.conductor = conductor;
        this.ramdisks = ramdisks;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        // nobody is known where nobody is asked, and where everybody may look
        if (request.getSecurityContext().getUserPrincipal() instanceof Caller caller && caller.role() != Role.RAMDISK) {
            Optional<RamdiskCall> ramdisk = RamdiskCall.of(request);
            try {
                Optional<Right> needed = needed(ramdisk);
                if (needed.isPresent()) {
                    check(Access.of(caller), needed.get(), request);
                } else if (!request.getMethod().equals("OPTIONS")) {
                    throw new AccessDenied(FaultCode.NOT_AUTHORIZED, "This is for nobody.", "");
                }
            } catch (NodeFault refusal) {
                ramdisk.ifPresent(call -> ramdisks.refused(call, refusal));
                throw refusal;
            }
        }
    }

    private Optional<Right> needed(Optional<RamdiskCall> ramdisk) {
        Optional<Right> right = Optional.ofNullable(resource.getResourceMethod())
                .map(method -> method.getAnnotation(Needs.class))
                .map(Needs::value);
        // a ramdisk may show the token of whoever asked for the deploy, which suffices to go on with it
        return right.filter(Right.NODE_VENDOR_PASSTHRU::equals).isPresent()
                        && ramdisk.filter(ramdisks::continuesDeploy).isPresent()
                ? Optional.of(Right.NODE_SET_PROVISION)
                : right;
    }

    private void check(Access access, Right right, ContainerRequestContext request) {
        String id = request.getUriInfo().getPathParameters().getFirst("node");
        if (access.project().isEmpty() || id == null) {
            access.require(right);
            return;
        }
        Node node = access.visible(conductor.node(id), id);
        access.require(right, node.details().tenancy());
        request.setProperty(Call.NODE, node);
    }
}
