package io.ferric.publish;

import io.ferric.publish.connector.ConnectionFault;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;

/** What Swift's statuses mean for an operator, and what helps. Source: OpenStack Object Storage API v1, "Status". */
final class SwiftCures {
    private static final String LOOK_AT_SWIFT = "Swift is in trouble itself: its proxy's log has the reason.";
    private static final String NOT_FROM_US =
            "Swift, or what stands before it, does not take this request: its log has the reason. A 407 is a proxy's, which"
                    + " wants a login (openstack.proxy).";
    private static final String SLOWER =
            "Swift limits the rate of requests (ratelimit): raise the limit for this account, or"
                    + " use a container of Ferric's own.";
    private static final Map<Integer, String> TABLE = Map.ofEntries(
            Map.entry(
                    401,
                    "Swift does not accept the token: does its authtoken use the same Keystone, and are the clocks right?"),
            Map.entry(
                    403,
                    "The user may not do this: it needs an operator role of Swift (operator_roles: member, admin) in its"
                            + " project, or an ACL of the container, and room in its quota."),
            Map.entry(
                    404,
                    "There is no such container or account: set publisher.swift.create_container, or make it (swift post"
                            + " <container>)."),
            Map.entry(
                    408,
                    "The data came too slowly for Swift: look at the network, and at client_timeout of its proxy."),
            Map.entry(
                    413,
                    "It is too large: Swift's max_file_size or the quota of container or account is less. Raise those, or"
                            + " lower publisher.swift.segment_size_mib."),
            Map.entry(422, "The data did not arrive as they were sent: something between here and Swift damages them."),
            Map.entry(429, SLOWER),
            Map.entry(498, SLOWER),
            Map.entry(500, LOOK_AT_SWIFT),
            Map.entry(502, "What stands before Swift cannot reach it: look at the load balancer."),
            Map.entry(
                    503,
                    "Swift is overloaded or has too few storage servers at the moment: its proxy's log has the reason."),
            Map.entry(504, "What stands before Swift waited too long for it: look at the load balancer."),
            Map.entry(507, "Swift's disks are full or missing: add space, or delete objects."));

    private SwiftCures() {}

    /** The status that Swift answered with; empty when it did not come to that. */
    static OptionalInt status(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return OptionalInt.of(refusal.status());
            }
            if (cause instanceof UnexpectedStatus unexpected) {
                return OptionalInt.of(unexpected.status());
            }
        }
        return OptionalInt.empty();
    }

    static boolean isStatus(Throwable fault, int wanted) {
        return status(fault).orElse(0) == wanted;
    }

    /** Whether another try may have another end. */
    static boolean mayPass(IOException fault) {
        int status = status(fault).orElse(0);
        boolean lost = fault instanceof ConnectionFault connection && connection.mayPass();
        return lost || status >= 500 || status == 408 || status == 429 || status == 498;
    }

    static String words(IOException fault) {
        OptionalInt status = status(fault);
        String reason = Faults.reason(fault);
        if (status.isEmpty()) {
            return reason.endsWith(".") ? reason : reason + ".";
        }
        return reason + ". "
                + TABLE.getOrDefault(status.getAsInt(), status.getAsInt() < 500 ? NOT_FROM_US : LOOK_AT_SWIFT);
    }
}
