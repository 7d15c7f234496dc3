package io.ferric.rest.auth;

import io.ferric.node.AccessDenied;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NotFound;
import io.ferric.node.Tenancy;
import java.security.Principal;
import java.util.Optional;

/** What one caller may do; everything, where nobody is asked who they are. Immutable. */
public final class Access {
    private static final Access EVERYTHING = new Access(Optional.empty());

    private final Optional<Caller> caller;

    private Access(Optional<Caller> caller) {
        this.caller = caller;
    }

    /** @param principal who calls; anything but a {@link Caller}, {@code null} included, where nobody is asked */
    public static Access of(Principal principal) {
        return principal instanceof Caller known ? new Access(Optional.of(known)) : EVERYTHING;
    }

    /** The project whose nodes this caller sees; empty for callers of the whole system, who see all. */
    public Optional<String> project() {
        return caller.flatMap(Caller::project);
    }

    /** Whether there is this right for whatever it may be about; of a node, only for callers of the whole system. */
    public boolean may(Right right) {
        return caller.map(each -> right.ofServices() && each.role() == Role.SERVICE
                        || reaches(
                                each,
                                each.project().isPresent()
                                        ? right.who().project()
                                        : Optional.of(right.who().system())))
                .orElse(true);
    }

    /** Whether there is this right for a node that belongs to these. */
    public boolean may(Right right, Tenancy tenancy) {
        return project().map(project -> ours(right, project, tenancy)).orElseGet(() -> may(right));
    }

    private boolean ours(Right right, String project, Tenancy tenancy) {
        return tenancy.owner().filter(project::equals).isPresent()
                        && reaches(right.who().owner())
                || tenancy.lessee().filter(project::equals).isPresent()
                        && reaches(right.who().lessee().filter(this::ofLessee));
    }

    /** Other services of a project act for owners; of what is lent to the project they see no more than a reader. */
    private boolean ofLessee(Role least) {
        return least == Role.READER
                || caller.filter(each -> each.role() == Role.SERVICE).isEmpty();
    }

    private boolean reaches(Optional<Role> least) {
        return caller.filter(each -> reaches(each, least)).isPresent();
    }

    private static boolean reaches(Caller caller, Optional<Role> least) {
        return least.filter(caller.role()::reaches).isPresent();
    }

    /** Fails with 403 when there is not this right. */
    public void require(Right right) {
        if (!may(right)) {
            throw denied(right);
        }
    }

    /** Fails with 403 when there is not this right for a node that belongs to these. */
    public void require(Right right, Tenancy tenancy) {
        if (!may(right, tenancy)) {
            throw denied(right);
        }
    }

    /** The node, unless the caller cannot see it; then it is as if there were none. */
    public Node visible(Node node, String askedFor) {
        if (!sees(node)) {
            throw NotFound.node(askedFor);
        }
        return node;
    }

    public boolean sees(Node node) {
        return may(Right.NODE_GET, node.details().tenancy());
    }

    /** Fails with 403 when the caller is of a project, and this is another one's. */
    public void requireOwn(Right right, String otherProject) {
        if (project().filter(own -> !own.equals(otherProject)).isPresent()) {
            throw denied(right);
        }
    }

    private AccessDenied denied(Right right) {
        String name = caller.map(Caller::name).orElse("");
        return new AccessDenied(
                FaultCode.NOT_AUTHORIZED,
                "User " + name + " may not do this: it takes " + right.policy() + ".",
                "docs/authentication.md tells which role has that.");
    }
}
