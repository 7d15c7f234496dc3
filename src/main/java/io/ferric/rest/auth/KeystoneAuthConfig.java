package io.ferric.rest.auth;

import java.time.Duration;
import java.util.List;

/**
 * How tokens of Keystone are judged. Keystone itself is that of the section {@code openstack}.
 *
 * @param adminRoles whoever has one of these roles may do everything
 * @param serviceRoles roles of other services, such as Nova's; they may do everything too
 * @param readerRoles whoever has one of these may look at everything but secrets. They count only in a token of the whole
 *     system or of one of {@code projects}, since Keystone gives {@code reader} to every member of any project
 * @param projects ids of the projects whose tokens are accepted; empty for all of them, which is right when nobody but
 *     the cloud's operators has a role of {@code adminRoles} or {@code serviceRoles} anywhere. Tokens of the whole system
 *     are accepted always
 * @param tokenCacheTime how long Keystone's word about a token is believed, and thus how long a revoked one goes on working;
 *     0s asks every time
 * @param ramdiskToken what the deploy ramdisk shows: {@code ferric}, a token of our own that is good for nothing but its
 *     two calls; {@code service}, one of Ferric's own user; {@code caller}, that of whoever asked for the deploy
 */
public record KeystoneAuthConfig(
        List<String> adminRoles,
        List<String> serviceRoles,
        List<String> readerRoles,
        List<String> projects,
        Duration tokenCacheTime,
        RamdiskTokenKind ramdiskToken) {
    public KeystoneAuthConfig {
        adminRoles = List.copyOf(adminRoles);
        serviceRoles = List.copyOf(serviceRoles);
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
                List.of("reader", "baremetal_observer"),
                List.of(),
                Duration.ofMinutes(5),
                RamdiskTokenKind.FERRIC);
    }

    public KeystoneAuthConfig withProjects(List<String> ids) {
        return new KeystoneAuthConfig(adminRoles, serviceRoles, readerRoles, ids, tokenCacheTime, ramdiskToken);
    }

    public KeystoneAuthConfig withTokenCacheTime(Duration time) {
        return new KeystoneAuthConfig(adminRoles, serviceRoles, readerRoles, projects, time, ramdiskToken);
    }

    public KeystoneAuthConfig withRamdiskToken(RamdiskTokenKind kind) {
        return new KeystoneAuthConfig(adminRoles, serviceRoles, readerRoles, projects, tokenCacheTime, kind);
    }
}
