package io.ferric.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.Machine.Endpoint;
import io.ferric.lab.ServerEvent.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** The calls of the deploy ramdisk, each tried again while the conductor is away or busy. */
final class ConductorCall {
    private static final int USUAL_ISCSI_PORT = 3260;
    private static final int MAX_ANSWER = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Machine machine;
    private final Orders orders;

    ConductorCall(Machine machine, Orders orders) {
        this.machine = machine;
        this.orders = orders;
    }

    private record Answer(int status, String body) {
        boolean accepted() {
            return status >= 200 && status < 300;
        }

        boolean worthARetry() {
            return status == 0 || status == 409 || status >= 500;
        }

        @Override
        public String toString() {
            return status == 0 ? body : "HTTP " + status + (body.isEmpty() ? "" : " " + body);
        }
    }

    /** Offers the disk, or says why there is none. */
    void passDeployInfo(String error) throws IOException, InterruptedException {
        Endpoint endpoint = machine.endpoint();
        ObjectNode body = proof();
        body.put("iqn", orders.required("iscsi_target_iqn"));
        body.put("error", error);
        if (endpoint.iscsiPort() != USUAL_ISCSI_PORT) {
            body.put("port", endpoint.iscsiPort());
        }
        make("pass_deploy_info", body);
    }

    /** Reports the boot loader, or says why there is none. */
    void passBootLoaderInstallInfo(String error) throws IOException, InterruptedException {
        ObjectNode body = proof();
        body.put("status", error.isEmpty() ? "SUCCEEDED" : "FAILED");
        body.put("error", error);
        make("pass_bootloader_install_info", body);
    }

    /** Calls until it is accepted; an {@link IOException} when it is refused or the tries are used up. */
    private void make(String method, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = request(method, JSON.writeValueAsString(body));
        for (int attempt = 1; ; attempt++) {
            Answer answer = send(request);
            if (answer.accepted()) {
                machine.console().say(Stage.CALL_ACCEPTED, "the conductor accepted the call, " + answer);
                break;
            }
            machine.console().say(Stage.CALL_REFUSED, "call " + attempt + ": " + answer);
            if (!answer.worthARetry() || attempt >= machine.times().callTries()) {
                throw new IOException("the conductor did not accept the call: " + answer);
            }
            Thread.sleep(machine.times().callPause().toMillis());
        }
        if (machine.struck(ServerFault.CALLS_TWICE)) {
            machine.console().note("second call: " + send(request));
        }
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = machine.network().send(request, BodyHandlers.ofInputStream());
            byte[] body =
                    BoundedBody.read(answer.body(), MAX_ANSWER, machine.times().callPatience());
            return new Answer(answer.statusCode(), new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Answer(0, "no answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    private HttpRequest request(String method, String body) throws IOException {
        String node = orders.required("deployment_id");
        String base = orders.required("ironic_api_url").replaceFirst("/+$", "");
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(base + "/v1/nodes/" + node + "/vendor_passthru/" + method))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .timeout(machine.times().callPatience())
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            orders.token().ifPresent(token -> request.header("X-Auth-Token", token));
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new IOException("ironic_api_url or deployment_id in parameters.txt makes no URL", e);
        }
    }

    private ObjectNode proof() throws IOException {
        ObjectNode body = JSON.createObjectNode();
        body.put("address", machine.endpoint().address().getHostAddress());
        if (!machine.struck(ServerFault.MISSING_KEY)) {
            String key = orders.required("deployment_key");
            body.put("key", machine.struck(ServerFault.WRONG_KEY) ? "NOT" + key : key);
        }
        return body;
    }
}
