package io.ferric.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The tables {@code bmc_action} and {@code bmc_action_head}. */
final class JdbcBmcActionStore implements BmcActionStore {
    private static final int PAGE = 500;

    private final Sql sql;
    private final TransactionalDataSource dataSource;

    JdbcBmcActionStore(Sql sql, TransactionalDataSource dataSource) {
        this.sql = sql;
        this.dataSource = dataSource;
    }

    /** The end of a chain. */
    private record Head(long number, String hash) {
        Head follow(Entry entry) {
            return new Head(number + 1, seal(number + 1, hash, entry));
        }
    }

    @Override
    public void append(Entry entry) {
        Entry kept = kept(entry);
        dataSource.inTransaction(() -> {
            Head head = head(" for update").follow(kept);
            sql.update(
                    "insert into bmc_action (number, happened, conductor, node_uuid, work, action, address, protocol,"
                            + " result, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    head.number(),
                    kept.at(),
                    kept.conductor(),
                    kept.node(),
                    kept.work(),
                    kept.action(),
                    kept.address(),
                    kept.protocol(),
                    kept.result(),
                    head.hash());
            return sql.update("update bmc_action_head set number = ?, hash = ?", head.number(), head.hash());
        });
    }

    /** As every database gives it back. */
    private static Entry kept(Entry entry) {
        return new Entry(
                entry.at().truncatedTo(ChronoUnit.MILLIS),
                Sql.storable(entry.conductor()),
                entry.node(),
                Sql.storable(entry.work()),
                Sql.storable(entry.action()),
                Sql.storable(entry.address()),
                Sql.storable(entry.protocol()),
                Sql.storable(entry.result()));
    }

    private Head head(String how) {
        return sql.first(
                        row -> new Head(row.longNumber("number"), row.text("hash")),
                        "select number, hash from bmc_action_head" + how)
                .orElseThrow(() -> new IllegalStateException("the table bmc_action_head is empty"));
    }

    @Override
    public Verdict verify() {
        Walk walk = new Walk();
        dataSource.inTransaction(() -> {
            Head end = head(" for update"); // nobody adds any meanwhile
            List<Row> rows;
            do {
                rows = after(walk.passed);
                rows.forEach(walk::pass);
            } while (!rows.isEmpty());
            return walk.arriveAt(end);
        });
        return walk.verdict();
    }

    private List<Row> after(long number) {
        return sql.query(
                row -> new Row(row.longNumber("number"), entry(row), row.text("hash")),
                "select number, happened, conductor, node_uuid, work, action, address, protocol, result, hash"
                        + " from bmc_action where number > ? order by number fetch next " + PAGE + " rows only",
                number);
    }

    private record Row(long number, Entry entry, String hash) {}

    private static Entry entry(Sql.Row row) throws SQLException {
        return new Entry(
                row.instant("happened").orElseThrow(),
                row.text("conductor"),
                row.uuid("node_uuid"),
                row.text("work"),
                row.text("action"),
                row.text("address"),
                row.text("protocol"),
                row.text("result"));
    }

    /** From the first entry to the first that is wrong. */
    private static final class Walk {
        private Head head = new Head(0, "");
        private long passed;
        private Optional<String> fault = Optional.empty();

        void pass(Row row) {
            passed = row.number();
            if (fault.isPresent()) {
                return;
            }
            Head next = head.follow(row.entry());
            if (row.number() != next.number()) {
                fault = Optional.of("entry " + next.number() + " is missing");
            } else if (!row.hash().equals(next.hash())) {
                fault = Optional.of(
                        "entry " + row.number() + " of " + row.entry().at() + " was changed");
            } else {
                head = next;
            }
        }

        boolean arriveAt(Head end) {
            if (fault.isEmpty() && !head.equals(end)) {
                fault = Optional.of(
                        head.number() < end.number()
                                ? "entries " + (head.number() + 1) + " to " + end.number() + " are missing at the end"
                                : "the end of the chain was changed: it says " + end.number() + " entries");
            }
            return fault.isEmpty();
        }

        Verdict verdict() {
            return new Verdict(head.number(), head.hash(), fault);
        }
    }

    /** SHA-256 over number, former hash and every field, each with its length before it. */
    private static String seal(long number, String former, Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(number);
            out.writeLong(entry.at().toEpochMilli());
            for (String field : List.of(
                    former,
                    entry.conductor(),
                    entry.node().toString(),
                    entry.work(),
                    entry.action(),
                    entry.address(),
                    entry.protocol(),
                    entry.result())) {
                byte[] text = field.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
