package io.ferric.conductor;

import io.ferric.driver.ManagementInterface;
import io.ferric.node.NodeFault;
import io.ferric.node.Observed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks how a server boots and records it. Source: Ironic's node fields {@code boot_mode} and {@code secure_boot}. */
final class BootLook {
    private static final Logger LOG = LoggerFactory.getLogger(BootLook.class);

    private BootLook() {}

    /** What cannot be read is left as it was: nothing but what is shown depends on it. */
    static void at(NodeTask task) {
        ManagementInterface management = task.driver().management();
        try {
            Observed before = task.node().status().observed();
            task.saveObserved(before.withBoot(management.bootMode(task), management.secureBoot(task)));
        } catch (NodeFault e) {
            task.checkCancelled();
            LOG.info(
                    "node {}: boot mode and secure boot cannot be read: {}",
                    task.node().uuid(),
                    Failures.inPlainWords(task.node().uuid(), e));
        }
    }
}
