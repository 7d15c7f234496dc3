package io.ferric.journey;

import java.nio.file.Path;

/** With a real Swift, from which the pretend iLOs fetch by TempURL. */
class SwiftDeployJourneyIT extends DeployJourneys {
    @Override
    Datacenter open(Path folder) throws Exception {
        Cloud cloud = new Cloud(folder, "deploy-journeys");
        return Datacenter.in(folder, cloud.publishingToSwift(), cloud::published);
    }

    @Override
    int rounds() {
        return 2;
    }
}
