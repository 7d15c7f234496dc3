package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.node.EntryQuery;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VifsTest {
    private static final int CALLERS = 4;

    private final Rig rig = new Rig();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    VifsTest() {
        rig.pause = duration -> TimeUnit.MILLISECONDS.sleep(100);
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
        rig.close();
    }

    private String nodeWithPorts(int count) {
        Node node = rig.enrol(Map.of());
        rig.conductor.updateNode(
                node.uuid().toString(),
                spec -> spec.withDetails(spec.details().withInterfaces(Map.of("network", "flat"))));
        for (int i = 0; i < count; i++) {
            String address = "52:54:00:00:00:0" + i;
            rig.conductor.ports().create(new Port(UUID.randomUUID(), node.uuid(), address, Map.of()));
        }
        return node.uuid().toString();
    }

    private List<Port> ports(String node) {
        return rig.conductor.ports().list(EntryQuery.ofNode(UUID.fromString(node)));
    }

    /** What each call answered: nothing, or the code of its fault. */
    private List<String> atOnce(List<Runnable> calls) throws Exception {
        List<Callable<String>> asked = calls.stream().map(VifsTest::answer).toList();
        return callers.invokeAll(asked).stream()
                .map(each -> {
                    try {
                        return each.get(60, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static Callable<String> answer(Runnable call) {
        return () -> {
            try {
                call.run();
                return "";
            } catch (NodeFault fault) {
                return fault.code();
            }
        };
    }

    @Test
    void different_vifs_attached_at_once_get_a_port_each() throws Exception {
        String node = nodeWithPorts(CALLERS);
        List<Runnable> calls = IntStream.range(0, CALLERS)
                .<Runnable>mapToObj(i -> () -> rig.conductor.attachVif(node, "vif-" + i, Optional.empty()))
                .toList();
        assertThat(atOnce(calls)).doesNotContain("VifAlreadyAttached");
        List<String> attached = rig.conductor.vifs(node);
        assertThat(attached).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void one_vif_attached_at_once_to_two_ports_is_on_one() throws Exception {
        String node = nodeWithPorts(CALLERS);
        List<Runnable> calls = ports(node).stream()
                .<Runnable>map(port -> () -> rig.conductor.attachVif(node, "vif-1", Optional.of(port.uuid())))
                .toList();
        assertThat(atOnce(calls)).containsOnlyOnce("");
        assertThat(rig.conductor.vifs(node)).containsExactly("vif-1");
    }

    @Test
    void detaching_takes_off_what_was_named() {
        String node = nodeWithPorts(2);
        rig.conductor.attachVif(node, "vif-1", Optional.empty());
        rig.conductor.attachVif(node, "vif-2", Optional.empty());
        rig.conductor.detachVif(node, "vif-1");
        assertThat(rig.conductor.vifs(node)).containsExactly("vif-2");
    }
}
