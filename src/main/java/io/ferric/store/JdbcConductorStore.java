package io.ferric.store;

import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Conductors in the table {@code conductor}. */
final class JdbcConductorStore implements ConductorStore {
    private final Sql sql;
    private final Clock clock;

    JdbcConductorStore(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public void alive(String host, Set<String> drivers) {
        String names = Json.writeList("drivers", drivers);
        boolean there = update(host, names)
                || sql.insertIfNew(
                        "insert into conductor (host, drivers, online, heartbeat_at, created_at) values (?, ?, ?, ?, ?)",
                        host,
                        names,
                        true,
                        clock.instant(),
                        clock.instant());
        if (!there) { // another of this name was quicker; it is the last who counts
            update(host, names);
        }
    }

    private boolean update(String host, String names) {
        return sql.update(
                        "update conductor set drivers = ?, online = ?, heartbeat_at = ? where host = ?",
                        names,
                        true,
                        clock.instant(),
                        host)
                == 1;
    }

    @Override
    public void leave(String host) {
        sql.update("update conductor set online = ? where host = ?", false, host);
    }

    @Override
    public List<Member> all() {
        return sql.query(
                row -> new Member(
                        row.text("host"),
                        Json.readSet(row.text("drivers")),
                        row.flag("online"),
                        row.instant("heartbeat_at").orElseThrow(),
                        row.instant("created_at").orElseThrow()),
                "select host, drivers, online, heartbeat_at, created_at from conductor order by host");
    }
}
