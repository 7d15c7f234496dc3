package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.Port;
import io.ferric.node.Portgroup;
import io.ferric.testkit.TestStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one caller makes while another takes away what it belongs to. */
class RegistryRacesTest {
    private final Rig rig = new Rig();
    private final Node node = rig.enrol(Map.of());

    @AfterEach
    void stop() {
        rig.close();
    }

    /** What creating the port answers when it begins before the removal is over. */
    private String createDuring(Runnable removal, Port port) throws InterruptedException {
        AtomicReference<String> answer = new AtomicReference<>("");
        Thread creator = new Thread(() -> {
            try {
                rig.conductor.ports().create(port);
                answer.set("made");
            } catch (NodeFault fault) {
                answer.set(fault.code());
            }
        });
        rig.database.inTransaction(() -> {
            removal.run();
            creator.start();
            await().atMost(Rig.SOON)
                    .until(() -> TestStore.waitsForLock(rig.database, creator)
                            || !answer.get().isEmpty());
        });
        creator.join(Rig.SOON.toMillis());
        return answer.get();
    }

    private Portgroup group() {
        return new Portgroup(
                UUID.randomUUID(),
                node.uuid(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                true,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    private Port in(Portgroup group) {
        return new Port(
                UUID.randomUUID(),
                node.uuid(),
                "52:54:00:00:00:01",
                Optional.empty(),
                Map.of(),
                Map.of(),
                true,
                Optional.of(group.uuid()),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_port_for_a_node_that_goes_is_refused_as_one_for_a_node_there_is_not() throws Exception {
        Port port = new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:01", Map.of());
        assertThat(createDuring(() -> rig.database.nodes().delete(node.uuid()), port))
                .isEqualTo(FaultCode.NODE_NOT_FOUND);
    }

    @Test
    void a_port_for_a_group_that_goes_is_refused() throws Exception {
        Portgroup group = rig.conductor.portgroups().create(group());
        Port port = in(group);
        assertThat(createDuring(
                        () -> rig.conductor.portgroups().delete(group.uuid().toString()), port))
                .isEqualTo(FaultCode.PORTGROUP_NOT_FOUND);
        assertThat(rig.conductor.ports().list(EntryQuery.all())).isEmpty();
    }
}
