package io.ferric.lab;

import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One server of a lab with its iLO. Closing it ends both; the disk file stays. */
public interface LabNode extends AutoCloseable {
    String name();

    SimulatedIlo ilo();

    LabServer server();

    /**
     * What a conductor must know to reach the iLO, by Ironic's names: ilo_address, client_port, ilo_username and
     * ilo_password. Pin {@link SimulatedIlo#fingerprint()} besides.
     */
    default Map<String, String> driverInfo() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("ilo_address", ilo().address().getAddress().getHostAddress());
        info.put("client_port", Integer.toString(ilo().address().getPort()));
        info.put("ilo_username", SimulatedIlo.DEFAULT_USER);
        info.put("ilo_password", SimulatedIlo.DEFAULT_PASSWORD);
        return info;
    }

    @Override
    default void close() throws IOException {
        try {
            server().close();
        } finally {
            ilo().close();
        }
    }
}
