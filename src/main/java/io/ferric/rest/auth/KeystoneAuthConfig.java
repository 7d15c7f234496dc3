package io.ferric.rest.auth;

import java.time.Duration;
import java.util.List;

/**
 * How tokens of Keystone are judged. Keystone itself is that of the section {@code openstack}.
 *
 * @param adminRoles whoever has one of these roles may do everything
 * @param serviceRoles roles of other services, such as Nova's; they may do everything too
 * @param serviceTokenRoles a token with one of these roles in {@code X-Service-Token} lets the user's token count that has
 *     ended meanwhile, as long as Keystone says so
 * @param managerRoles whoever has one of these may what members may; in a token of a project, also all else that is for
 *     those who run its nodes, such as ports, traits and boot devices, but neither enrol nor delete
 * @param memberRoles whoever has one of these in a token of the whole system may use every node, but neither enrol nor
 *     delete; in a token of a project, the nodes that have it as owner or lessee
 * @param readerRoles whoever has one of these may look at everything but secrets, in a token of the whole system or of one
 *     of {@code projects}; in another project's, at the nodes that have it as owner or lessee
 * @param projects ids of the operators' projects: only there (and in tokens of the whole system) {@code adminRoles} and
 *     {@code serviceRoles} are for everything; in other projects they are for the nodes that have these as owner or
 *     lessee. Empty for all, which is right when nobody but the cloud's operators has such a role anywhere
 * @param tokenCacheTime how long Keystone's word about a token is believed, and thus how long a revoked one goes on working;
 *     0s asks every time
 * @param ramdiskToken what the deploy ramdisk shows: {@code ferric}, a token of our own that is good for nothing but its
 *     two calls; {@code service}, one of Ferric's own user; {@code caller}, that of whoever asked for the deploy
 */
public record KeystoneAuthConfig(
        List<String> adminRoles,
        List<String> serviceRoles,
        List<String> serviceTokenRoles,
        List<String> managerRoles,
        List<String> memberRoles,
        List<String> readerRoles,
        List<String> projects,
        Duration tokenCacheTime,
        RamdiskTokenKind ramdiskToken) {
    public KeystoneAuthConfig {
        adminRoles = List.copyOf(adminRoles);
        serviceRoles = List.copyOf(serviceRoles);
        serviceTokenRoles = List.copyOf(serviceTokenRoles);
        managerRoles = List.copyOf(managerRoles);
        memberRoles = List.copyOf(memberRoles);
        readerRoles = List.copyOf(readerRoles);
        projects = List.copyOf(projects);
        if (tokenCacheTime.isNegative()) {
            throw new IllegalArgumentException("rest.keystone.token_cache_time is negative");
        }
    }

    public static KeystoneAuthConfig defaults() {
        return new KeystoneAuthConfig(
                List.of("admin", "baremetal_admin"),
                List.of("service"),
                List.of("service"),
                List.of("manager"),
                List.of("member"),
                List.of("reader", "baremetal_observer"),
                List.of(),
                Duration.ofMinutes(5),
                RamdiskTokenKind.FERRIC);
    }

    public KeystoneAuthConfig withProjects(List<String> ids) {
        return with(ids, tokenCacheTime, ramdiskToken);
    }

    public KeystoneAuthConfig withTokenCacheTime(Duration time) {
        return with(projects, time, ramdiskToken);
    }

    public KeystoneAuthConfig withRamdiskToken(RamdiskTokenKind kind) {
        return with(projects, tokenCacheTime, kind);
    }

    private KeystoneAuthConfig with(List<String> ids, Duration time, RamdiskTokenKind kind) {
        return new KeystoneAuthConfig(
                adminRoles, serviceRoles, serviceTokenRoles, managerRoles, memberRoles, readerRoles, ids, time, kind);
    }
}
