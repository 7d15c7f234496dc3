package io.ferric.lab;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One server of a {@link PretendRack} with its iLO. Closing it ends both; the disk file stays. */
public final class PretendNode implements AutoCloseable {
    private final String name;
    private final SimulatedIlo ilo;
    private final SimulatedServer server;

    PretendNode(String name, SimulatedIlo ilo, SimulatedServer server) {
        this.name = name;
        this.ilo = ilo;
        this.server = server;
    }

    public String name() {
        return name;
    }

    public SimulatedIlo ilo() {
        return ilo;
    }

    public SimulatedServer server() {
        return server;
    }

    /**
     * What a conductor must know to reach the iLO, by Ironic's names: ilo_address, client_port, ilo_username and
     * ilo_password. Pin {@link SimulatedIlo#fingerprint()} besides.
     */
    public Map<String, String> driverInfo() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("ilo_address", ilo.address().getAddress().getHostAddress());
        info.put("client_port", Integer.toString(ilo.address().getPort()));
        info.put("ilo_username", SimulatedIlo.DEFAULT_USER);
        info.put("ilo_password", SimulatedIlo.DEFAULT_PASSWORD);
        return info;
    }

    @Override
    public void close() throws IOException {
        server.close();
        ilo.close();
    }
}
