package io.ferric.cli;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.node.PowerState;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What presses buttons. The methods are static, for {@link IloCommand} takes them over. */
@Command
final class IloPowerCommands {
    /** What can be asked of the light. */
    enum Light {
        ON,
        OFF
    }

    @Command(name = "power-on", mixinStandardHelpOptions = true, description = "Switch the server on.")
    static int powerOn(@Mixin IloOptions options) throws IOException {
        return tell(options, "power on", IloClient::powerOn);
    }

    @Command(
            name = "power-off",
            mixinStandardHelpOptions = true,
            description = "Switch the server off at once, as by holding its button.")
    static int powerOff(@Mixin IloOptions options) throws IOException {
        return tell(options, "power off", IloClient::holdPowerButton);
    }

    @Command(
            name = "soft-off",
            mixinStandardHelpOptions = true,
            description = "Ask the operating system of a server that is on to shut down.")
    static int softOff(@Mixin IloOptions options) throws IOException {
        return options.ask(ilo -> {
            // the button would switch it on
            PowerState power = ilo.power();
            if (power != PowerState.ON) {
                return Map.of("asked", "nothing, the server is not on: " + power.wireName());
            }
            ilo.pressPowerButton();
            return Map.of("asked", "soft power off");
        });
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description = "Reset a server that is on, without shutting it down.")
    static int reset(@Mixin IloOptions options) throws IOException {
        return tell(options, "reset", IloClient::reset);
    }

    @Command(
            name = "nmi",
            mixinStandardHelpOptions = true,
            description = "Send a non-maskable interrupt, upon which most operating systems dump their memory.")
    static int nmi(@Mixin IloOptions options) throws IOException {
        return tell(options, "nmi", IloClient::injectNmi);
    }

    @Command(
            name = "led",
            mixinStandardHelpOptions = true,
            description = "Switch the light by which the server is found, or tell how it is.")
    static int led(
            @Mixin IloOptions options,
            @Parameters(arity = "0..1", paramLabel = "on|off", description = "What it shall be; told if not given.")
                    Optional<Light> light)
            throws IOException {
        return options.ask(ilo -> {
            light.ifPresent(wanted -> ilo.setIndicator(Indicator.valueOf(wanted.name())));
            return Map.of("led", ilo.indicator().name().toLowerCase(Locale.ROOT));
        });
    }

    @Command(
            name = "reset-ilo",
            mixinStandardHelpOptions = true,
            description = "Restart the iLO and not the server; it does not answer for a minute or more.")
    static int resetIlo(@Mixin IloOptions options) throws IOException {
        return tell(options, "reset of the iLO", IloClient::resetIlo);
    }

    private static int tell(IloOptions options, String what, Consumer<IloClient> order) throws IOException {
        return options.ask(ilo -> {
            order.accept(ilo);
            return Map.of("asked", what);
        });
    }
}
