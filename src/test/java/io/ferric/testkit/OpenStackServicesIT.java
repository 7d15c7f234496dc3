package io.ferric.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** That the services the other tests lean on are there, and are what {@link OpenStack} says of them. */
class OpenStackServicesIT {
    private final OpenStack services = OpenStack.shared();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void every_user_gets_a_token() {
        assertThat(services.token(services.admin())).isNotEmpty();
        assertThat(services.token(services.demo())).isNotEmpty();
        assertThat(services.token(services.observer())).isNotEmpty();
    }

    @Test
    void a_revoked_token_is_refused_at_once_by_swift_and_glance() throws Exception {
        String token = services.token(services.ferric());
        URI images = URI.create(services.glanceUrl() + "/v2/images");
        assertThat(get(services.swiftUrl(), token)).isIn(200, 204);
        assertThat(get(images, token)).isEqualTo(200);
        services.revoke(token);
        assertThat(get(services.swiftUrl(), token)).isEqualTo(401);
        assertThat(get(images, token)).isEqualTo(401);
    }

    @Test
    void swift_lists_no_more_what_has_expired() throws Exception {
        String token = services.token(services.ferric());
        URI container = URI.create(services.swiftUrl() + "/services-it");
        put(container, token);
        put(URI.create(container + "/soon-gone"), token);
        assertThat(get(container, token)).isEqualTo(200);
        await().until(() -> get(URI.create(container + "/soon-gone"), token) == 404);
        services.expireNow();
        await().until(() -> get(container, token) == 204);
    }

    private int get(URI url, String token) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(url).header("X-Auth-Token", token).build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private void put(URI url, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("X-Auth-Token", token)
                .header("X-Delete-After", "1")
                .PUT(BodyPublishers.ofString("x"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }
}
