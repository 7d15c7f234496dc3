package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.Ferric;
import io.ferric.testkit.OpenStack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** openstacksdk drives Ferric as it does Ironic: {@code src/it/api/sdk.py}. */
class OpenStackSdkIT {
    @TempDir
    Path folder;

    @Test
    void openstacksdk_gets_from_ferric_what_it_expects_of_ironic() throws Exception {
        try (Ferric ferric = ApiScripts.serve(folder, "rest:\n  port: 0\n")) {
            String said = ApiScripts.python(Map.of(), "sdk.py", ferric.restUri().toString());
            assertThat(said).contains(" requests, 0 faults");
        }
    }

    @Test
    void openstacksdk_gets_it_with_a_token_of_keystone_too() throws Exception {
        OpenStack openStack = OpenStack.shared();
        try (Ferric ferric = ApiScripts.serveWithKeystone(folder, openStack)) {
            String said = ApiScripts.python(
                    Map.of(), "sdk.py", ferric.restUri().toString(), openStack.token(openStack.admin()));
            assertThat(said).contains(" requests, 0 faults");
        }
    }
}
