package io.ferric.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.node.OperationFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class TransactionalDataSourceTest {
    private final Connection connection = mock(Connection.class);
    private final List<Connection> discarded = new ArrayList<>();
    private TransactionalDataSource dataSource;

    @BeforeEach
    void connect() throws SQLException {
        DataSource pool = mock(DataSource.class);
        when(pool.getConnection()).thenReturn(connection);
        dataSource = new TransactionalDataSource(pool, discarded::add);
    }

    @Test
    void a_connection_goes_back_as_it_came() throws SQLException {
        assertThat(dataSource.<String>inTransaction(() -> "done")).isEqualTo("done");
        InOrder order = inOrder(connection);
        order.verify(connection).setAutoCommit(false);
        order.verify(connection).commit();
        order.verify(connection).setAutoCommit(true);
        order.verify(connection).close();
        assertThat(discarded).isEmpty();
    }

    @Test
    void what_cannot_be_committed_is_rolled_back() throws SQLException {
        doThrow(new SQLException("full")).when(connection).commit();
        assertThatThrownBy(() -> dataSource.inTransaction(() -> 1)).isInstanceOf(OperationFailed.class);
        InOrder order = inOrder(connection);
        order.verify(connection).rollback();
        order.verify(connection).setAutoCommit(true);
        assertThat(discarded).isEmpty();
        assertThat(dataSource.getConnection()).isSameAs(connection);
    }

    @Test
    void what_cannot_be_rolled_back_is_never_committed_and_the_first_failure_is_told() throws SQLException {
        doThrow(new SQLException("cut off")).when(connection).rollback();
        IllegalStateException first = new IllegalStateException("first");
        assertThatThrownBy(() -> dataSource.inTransaction(() -> {
                    throw first;
                }))
                .isSameAs(first);
        verify(connection, never()).setAutoCommit(true);
        assertThat(discarded).containsExactly(connection);
    }
}
