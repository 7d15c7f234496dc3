package io.ferric.journey;

import java.nio.file.Path;
import java.util.Map;

/** With the built-in image server. */
class DeployJourneyTest extends DeployJourneys {
    @Override
    Datacenter open(Path folder) throws Exception {
        return Datacenter.in(folder, Map.of());
    }
}
