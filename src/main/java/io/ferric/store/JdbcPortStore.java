package io.ferric.store;

import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Port;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Ports in the table {@code port}. */
final class JdbcPortStore implements PortStore {
    private static final String OLDEST_FIRST = " order by created_at, uuid";

    private final Sql sql;

    JdbcPortStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void insert(Port port) {
        try {
            sql.update(
                    "insert into port (uuid, node_uuid, address, extra, created_at) values (?, ?, ?, ?, ?)",
                    port.uuid(),
                    port.nodeUuid(),
                    port.address(),
                    Json.write("extra", port.extra()),
                    port.createdAt());
        } catch (Sql.NotUnique e) {
            throw conflict(e, port);
        }
    }

    @Override
    public Optional<Port> find(UUID uuid) {
        return sql.first(JdbcPortStore::port, "select * from port where uuid = ?", uuid);
    }

    @Override
    public Optional<Port> findByAddress(String address) {
        return sql.first(
                JdbcPortStore::port,
                "select * from port where address = ?",
                address.toLowerCase(Locale.ROOT).replace('-', ':'));
    }

    @Override
    public List<Port> ofNode(UUID node) {
        return sql.query(JdbcPortStore::port, "select * from port where node_uuid = ?" + OLDEST_FIRST, node);
    }

    @Override
    public List<Port> all() {
        return sql.query(JdbcPortStore::port, "select * from port" + OLDEST_FIRST);
    }

    @Override
    public void save(Port port) {
        try {
            sql.update(
                    "update port set address = ?, extra = ?, updated_at = ? where uuid = ?",
                    port.address(),
                    Json.write("extra", port.extra()),
                    port.updatedAt(),
                    port.uuid());
        } catch (Sql.NotUnique e) {
            throw conflict(e, port);
        }
    }

    @Override
    public boolean delete(UUID port) {
        return sql.update("delete from port where uuid = ?", port) == 1;
    }

    private static Conflict conflict(Sql.NotUnique e, Port port) {
        if (e.by("port_address_unique")) {
            return new Conflict(
                    FaultCode.MAC_ALREADY_EXISTS,
                    "A port with MAC address " + port.address() + " exists already",
                    "A MAC address belongs to one port only.",
                    e);
        }
        return new Conflict(FaultCode.INVALID_STATE, "A port with UUID " + port.uuid() + " exists already", "", e);
    }

    private static Port port(Sql.Row row) throws SQLException {
        return new Port(
                row.uuid("uuid"),
                row.uuid("node_uuid"),
                row.text("address"),
                Json.read(row.text("extra")),
                row.instant("created_at").orElseThrow(),
                row.instant("updated_at"));
    }
}
