package io.ferric.ilo.connect;

import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TestCertificate;
import io.ferric.node.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;

/** A TLS server on a free loopback port with one answer for each path, byte for byte; 404 for all others. */
final class ScriptedBmc implements AutoCloseable {
    static final String ROOT = "/redfish/v1/";
    static final String DATA = "/xmldata?item=All";
    static final String RIBCL = "/ribcl";

    /** What is done with a request. */
    interface Answer {
        void send(String body, OutputStream out) throws IOException, InterruptedException;
    }

    /** What was asked. */
    record Request(String line, String body) {}

    private final TestCertificate certificate;
    private final SSLServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedBmc() throws Exception {
        certificate = TestCertificate.selfSigned(Optional.empty(), Instant.now().plus(Duration.ofDays(1)));
        server = (SSLServerSocket) certificate
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    /** The root of an iLO's Redfish service. */
    static String root(String space, String type, String firmware, String more) {
        return """
                {"@odata.type": "#ServiceRoot.v1_0_0.ServiceRoot", "RedfishVersion": "1.0.0", %s
                 "Oem": {"%s": {"Manager": [{"ManagerType": "%s", "ManagerFirmwareVersion": "%s"}]}}}""".formatted(more, space, type, firmware);
    }

    /** The data that an iLO shows anyone. */
    static String data(String processor, String firmware, String model) {
        return "<?xml version=\"1.0\"?><RIMP><HSI><SBSN>CZ1      </SBSN><SPN>" + model + "</SPN></HSI><MP><PN>"
                + processor + "</PN><FWRI>" + firmware + "</FWRI></MP></RIMP>";
    }

    /** One document of a RIBCL answer. */
    static String ribcl(int status, String message, String payload) {
        return String.format(
                "<?xml version=\"1.0\"?>\r\n<RIBCL VERSION=\"2.23\">\r\n<RESPONSE STATUS=\"0x%04X\" MESSAGE='%s'/>%s</RIBCL>\r\n",
                status, message, payload);
    }

    ScriptedBmc answers(String path, String body) {
        return answers(path, 200, body);
    }

    ScriptedBmc answers(String path, int status, String body, String... headers) {
        return does(path, (request, out) -> out.write(whole(status, body, headers)));
    }

    ScriptedBmc does(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** Talks RIBCL: who has the right password learns the model and the firmware. */
    ScriptedBmc talksRibcl(String model, String processor, String firmware) {
        return does(RIBCL, (request, out) -> {
            String said = ribcl(1, "Syntax error: Line #0", "");
            if (request.contains("LOGIN")) {
                said = request.contains("pretend-9")
                        ? ribcl(0, "No error", payload(request, model, processor, firmware))
                        : ribcl(0x5f, "Login failed.", "");
            }
            out.write(whole(200, said));
        });
    }

    private static String payload(String request, String model, String processor, String firmware) {
        if (request.contains("GET_PRODUCT_NAME")) {
            return "<GET_PRODUCT_NAME><PRODUCT_NAME VALUE =\"" + model + "\"/></GET_PRODUCT_NAME>";
        }
        return request.contains("GET_FW_VERSION")
                ? "<GET_FW_VERSION FIRMWARE_VERSION = \"" + firmware + "\" MANAGEMENT_PROCESSOR = \"" + processor
                        + "\"/>"
                : "<GET_HOST_POWER HOST_POWER=\"ON\"/>";
    }

    static byte[] whole(int status, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return ("HTTP/1.1 " + status + " Whatever\r\n" + more + "Content-Length: " + bytes.length
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    List<Request> requests() {
        return requests;
    }

    /** How often this was asked for. */
    long count(String path) {
        return requests.stream()
                .filter(each -> each.line().split(" ")[1].equals(path))
                .count();
    }

    /** How often a password was sent. */
    long logins() {
        return requests.stream().filter(each -> each.body().contains("<LOGIN")).count();
    }

    IloAccess access() throws Exception {
        return access("pretend-9");
    }

    IloAccess access(String password) throws Exception {
        return access(password, Duration.ofSeconds(20));
    }

    IloAccess access(String password, Duration timeout) throws Exception {
        return new IloAccess(
                "127.0.0.1",
                server.getLocalPort(),
                "Administrator",
                Secret.of(password),
                timeout,
                new IloTrust.Pinned(certificate.fingerprint()));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // a closed server ends the loop
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(socket);
            requests.add(request);
            answers.getOrDefault(
                            request.line().split(" ")[1],
                            (body, out) -> out.write(whole(404, "<H1>Request Error</H1>")))
                    .send(request.body(), socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException | RuntimeException e) {
            // the client went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = in.readLine();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        StringBuilder body = new StringBuilder();
        while (body.length() < length) {
            body.append((char) in.read());
        }
        return new Request(first, body.toString());
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
