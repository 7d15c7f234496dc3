package io.ferric.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Hands out the connection of the thread's transaction while there is one, else one from the pool. Thus the store and
 * db-scheduler's client write in one transaction without knowing of each other.
 */
final class TransactionalDataSource implements DataSource {
    private final DataSource pool;
    private final Consumer<Connection> discard;
    private final ThreadLocal<Connection> bound = new ThreadLocal<>();

    /** @param discard closes a connection that must not go back to the pool */
    TransactionalDataSource(DataSource pool, Consumer<Connection> discard) {
        this.pool = pool;
        this.discard = discard;
    }

    /** Runs the work in one transaction; joins the thread's transaction when there is one. */
    <T> T inTransaction(Supplier<T> work) {
        if (bound.get() != null) {
            return work.get();
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            bound.set(neverClosing(connection));
            try {
                T result = work.get();
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (RuntimeException | Error | SQLException e) {
                undo(connection, e);
                throw e;
            } finally {
                bound.remove();
            }
        } catch (SQLException e) {
            throw Sql.fault(e);
        }
    }

    /** A connection that cannot roll back is thrown away: switching auto-commit on again would commit half the work. */
    private void undo(Connection connection, Throwable why) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            why.addSuppressed(e);
            discard.accept(connection);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = bound.get();
        return connection != null ? connection : pool.getConnection();
    }

    private static Connection neverClosing(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}
