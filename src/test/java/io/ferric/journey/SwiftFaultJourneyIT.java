package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.testkit.Fault;
import io.ferric.testkit.FaultProxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Swift that goes away while Ferric works, and what the operator then reads. */
class SwiftFaultJourneyIT {
    @TempDir
    private Path folder;

    private Cloud cloud;
    private FaultProxy proxy;
    private Datacenter datacenter;

    @BeforeEach
    void start() throws Exception {
        cloud = new Cloud(folder, "swift-faults");
        proxy = FaultProxy.before(cloud.services().swiftUrl());
        Map<String, Object> settings = cloud.publishingToSwift();
        settings.put(
                "openstack.swift_url",
                proxy.through(cloud.services().swiftUrl()).toString());
        settings.put("publisher.swift.create_container", false);
        settings.put("publisher.swift.max_retries", 1);
        Cloud.expect(201, cloud.send("PUT", cloud.containerUrl(), BodyPublishers.noBody(), Map.of()));
        datacenter = Datacenter.in(folder.resolve("site"), settings, cloud::published);
    }

    @AfterEach
    void stop() throws Exception {
        datacenter.close();
        proxy.close();
    }

    @Test
    void nothing_is_inserted_while_swift_is_busy_refuses_or_cuts_and_later_all_is_well() throws Exception {
        EnrolledNode node = datacenter.enrol("patient");
        proxy.fault(Fault.answer(503).on("PUT"));
        assertThat(failure(node))
                .contains("503")
                .contains(cloud.containerUrl().getPath().replaceAll(".*/", ""));
        proxy.fault(Fault.cutUp(20_000).on("PUT"));
        failure(node);
        proxy.heal();
        proxy.refuse();
        assertThat(failure(node)).contains("refuses the connection");
        assertThat(node.hardware().ilo().events()).noneMatch(event -> event.kind() == Kind.INSERTED);
        proxy.accept();
        node.deploy(Map.of());
        node.holdsTheImage();
        node.tearDown();
        assertThat(datacenter.published()).isEmpty();
        datacenter.toldNoSecrets();
    }

    @Test
    void a_container_that_somebody_deleted_is_named_with_the_cure() throws Exception {
        EnrolledNode node = datacenter.enrol("homeless");
        Cloud.expect(204, cloud.send("DELETE", cloud.containerUrl(), BodyPublishers.noBody(), Map.of()));
        assertThat(failure(node))
                .contains(cloud.containerUrl().getPath().replaceAll(".*/", ""))
                .contains("container");
        Cloud.expect(201, cloud.send("PUT", cloud.containerUrl(), BodyPublishers.noBody(), Map.of()));
        node.deploy(Map.of());
        node.holdsTheImage();
        node.tearDown();
    }

    private static String failure(EnrolledNode node) {
        node.beginDeploy(Map.of());
        String error = node.fails();
        node.ask("deleted");
        node.reaches("available");
        return error;
    }
}
