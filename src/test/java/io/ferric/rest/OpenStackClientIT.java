package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.Ferric;
import io.ferric.testkit.OpenStack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The openstack client as others wrote it for Ironic drives Ferric through {@code src/it/api/commands.txt}. */
class OpenStackClientIT {
    @TempDir
    Path folder;

    @Test
    void the_openstack_client_does_all_it_does_with_ironic() throws Exception {
        try (Ferric ferric = ApiScripts.serve(folder, "rest:\n  port: 0\n")) {
            String said = ApiScripts.python(
                    Map.of(
                            "OS_AUTH_TYPE",
                            "none",
                            "OS_ENDPOINT",
                            ferric.restUri().toString()),
                    "cli.py");
            assertThat(said).contains(" commands, 0 faults");
        }
    }

    @Test
    void the_openstack_client_does_it_with_a_token_of_keystone_too() throws Exception {
        OpenStack openStack = OpenStack.shared();
        try (Ferric ferric = ApiScripts.serveWithKeystone(folder, openStack)) {
            // the catalogue knows no Ironic; the token is asked for here and the address given, as scripts do
            String said = ApiScripts.python(
                    Map.of(
                            "OS_AUTH_TYPE",
                            "admin_token",
                            "OS_TOKEN",
                            openStack.token(openStack.admin()),
                            "OS_ENDPOINT",
                            ferric.restUri().toString()),
                    "cli.py",
                    "--until",
                    "ports");
            assertThat(said).contains(" commands, 0 faults");
        }
    }
}
