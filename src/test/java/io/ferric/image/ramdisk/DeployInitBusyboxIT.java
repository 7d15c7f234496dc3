package io.ferric.image.ramdisk;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** All tests of the init once more, run by busybox's shell, awk, sed and grep, as in the ramdisk. */
class DeployInitBusyboxIT {
    @Nested
    class Media extends DeployInitMediaTest {
        @Override
        List<String> shell() {
            return InitSandbox.busyboxShell();
        }
    }

    @Nested
    class Disk extends DeployInitDiskTest {
        @Override
        List<String> shell() {
            return InitSandbox.busyboxShell();
        }
    }

    @Nested
    class Network extends DeployInitNetworkTest {
        @Override
        List<String> shell() {
            return InitSandbox.busyboxShell();
        }
    }

    @Nested
    class Target extends DeployInitTargetTest {
        @Override
        List<String> shell() {
            return InitSandbox.busyboxShell();
        }
    }

    @Nested
    class Conductor extends DeployInitConductorIT {
        @Override
        List<String> shell() {
            return InitSandbox.busyboxShell();
        }
    }

    @Nested
    class BootLoader extends DeployInitBootLoaderTest {
        @Override
        List<String> shell() {
            return InitSandbox.busyboxShell();
        }
    }

    @Nested
    class Journey extends DeployInitJourneyIT {
        @Override
        List<String> shell() {
            return InitSandbox.busyboxShell();
        }
    }
}
