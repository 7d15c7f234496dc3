package io.ferric.store;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Inventories in the table {@code node_inventory}. */
final class JdbcInventoryStore implements InventoryStore {
    private final Sql sql;

    JdbcInventoryStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void save(UUID node, Map<String, Object> inventory) {
        String json = Json.write("inventory", inventory);
        if (sql.update("update node_inventory set inventory = ? where node_uuid = ?", json, node) == 0) {
            sql.update("insert into node_inventory (node_uuid, inventory) values (?, ?)", node, json);
        }
    }

    @Override
    public Optional<Map<String, Object>> find(UUID node) {
        return sql.first(
                row -> Json.read(row.text("inventory")),
                "select inventory from node_inventory where node_uuid = ?",
                node);
    }
}
