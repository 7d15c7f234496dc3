package io.ferric.conductor;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import io.ferric.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** How db-scheduler is to speak to the database. */
record Dialect(JdbcCustomization customization, boolean skipsLocked) {
    static Dialect of(Database database) {
        String name = name(database);
        boolean h2 = name.contains("h2");
        // our columns have a time zone, so the default speaks to H2 rightly; detecting that would warn at every start
        return new Dialect(
                h2 ? new DefaultJdbcCustomization(false) : new AutodetectJdbcCustomization(database.pool()),
                name.contains("postgresql"));
    }

    /** H2 has no {@code SKIP LOCKED}; PostgreSQL does better with it. */
    SchedulerBuilder poll(SchedulerBuilder builder) {
        builder.jdbcCustomization(customization);
        return skipsLocked ? builder.pollUsingLockAndFetch(0.5, 1.0) : builder.pollUsingFetch(0.5, 3.0);
    }

    private static String name(Database database) {
        try (Connection connection = database.pool().getConnection()) {
            return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not tell its name", e);
        }
    }
}
