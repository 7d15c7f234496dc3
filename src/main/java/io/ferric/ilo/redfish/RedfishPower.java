package io.ferric.ilo.redfish;

import io.ferric.ilo.client.PostState;
import io.ferric.ilo.client.Quirk;
import io.ferric.ilo.redfish.RedfishSettings.Tries;
import io.ferric.node.PowerState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A server's power. Its state is read first: what is so already is not asked for, since iLOs refuse that. Source: HPE
 * RESTful API guides for iLO 4 and 5, proliantutils.
 */
final class RedfishPower {
    private static final String RESET = "ComputerSystem.Reset";

    /** What firmware that tells nothing takes. */
    private static final List<String> USUAL = List.of("On", "ForceOff", "ForceRestart", "Nmi", "PushPowerButton");

    private final RedfishIlo ilo;

    RedfishPower(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    PowerState state() {
        return ilo.ask("reading the power state", talk -> state(talk.system()));
    }

    void on() {
        String operation = "switching the power on";
        for (int tries = 1; ; tries++) {
            try {
                ilo.tryAsk(talk -> switchOn(talk));
                return;
            } catch (RedfishRefusal e) {
                Tries patience = ilo.settings().bladePower();
                if (!Quirk.POWER_ON_REFUSED_AT_FIRST.applies(ilo.identity()) || tries >= patience.times()) {
                    throw ilo.fault(operation, e);
                }
                ilo.settings().pause().pause(patience.after(tries));
            } catch (IOException e) {
                throw ilo.fault(operation, e);
            }
        }
    }

    private static Void switchOn(RedfishTalk talk) throws IOException {
        Resource system = talk.system();
        if (state(system) != PowerState.ON) {
            unlessSo(talk, PowerState.ON, () -> press(talk, system, "On", "Press"));
        }
        return null;
    }

    void pressButton() {
        ilo.tell("pressing the power button", talk -> {
            Resource system = talk.system();
            boolean on = state(system) == PowerState.ON;
            if (allowed(system).contains("PushPowerButton")) {
                reset(talk, system, "PushPowerButton");
            } else {
                press(talk, system, on ? "GracefulShutdown" : "On", "Press");
            }
        });
    }

    void holdButton() {
        ilo.tell("holding the power button", talk -> {
            Resource system = talk.system();
            if (state(system) != PowerState.OFF) {
                unlessSo(talk, PowerState.OFF, () -> press(talk, system, "ForceOff", "PressAndHold"));
            }
        });
    }

    void reset() {
        ilo.tell("resetting the server", talk -> {
            Resource system = talk.system();
            requireOn(system);
            reset(talk, system, "ForceRestart");
        });
    }

    void coldBoot() {
        String operation = "cold booting the server";
        boolean done = ilo.ask(operation, talk -> {
            Resource system = talk.system();
            requireOn(system);
            Optional<String> own = Actions.oem(system, "SystemReset");
            if (own.isPresent()) {
                talk.post(own.get(), Map.of("ResetType", "ColdBoot"));
            } else if (allowed(system).contains("PowerCycle")) {
                reset(talk, system, "PowerCycle");
            } else {
                press(talk, system, "ForceOff", "PressAndHold");
                return false;
            }
            return true;
        });
        if (!done) {
            ilo.settles(operation, talk -> state(talk.system()) == PowerState.OFF);
            on();
        }
    }

    void injectNmi() {
        ilo.tell("sending an NMI", talk -> {
            Resource system = talk.system();
            requireOn(system);
            reset(talk, system, "Nmi");
        });
    }

    Optional<PostState> postState() {
        return ilo.ask("reading the state of the self-test", talk -> {
            String said = talk.system().oem().text("PostState").orElse("");
            return switch (said.toLowerCase(Locale.ROOT)) {
                case "poweroff" -> Optional.of(PostState.OFF);
                case "reset", "inpost" -> Optional.of(PostState.RUNNING);
                case "inpostdiscoverycomplete" -> Optional.of(PostState.DISCOVERED);
                case "finishedpost" -> Optional.of(PostState.FINISHED);
                default -> Optional.empty();
            };
        });
    }

    /** On its way it is neither: whoever wants it off must press even while it comes up. */
    private static PowerState state(Resource system) {
        String said = system.json()
                .text("PowerState")
                .or(() -> system.json().text("Power"))
                .orElse("");
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "on", "reset", "paused" -> PowerState.ON;
            case "off" -> PowerState.OFF;
            default -> PowerState.ERROR;
        };
    }

    private static void requireOn(Resource system) throws Declined {
        if (state(system) == PowerState.OFF) {
            throw Declined.because("the server is off", "Switch it on.");
        }
    }

    /** A way to change the power. */
    private interface Change {
        void run() throws IOException;
    }

    /** Content when the change is refused because it has happened meanwhile. */
    private static void unlessSo(RedfishTalk talk, PowerState wanted, Change change) throws IOException {
        try {
            change.run();
        } catch (RedfishRefusal e) {
            if (e.trouble() != RedfishTrouble.WRONG_STATE || state(talk.system()) != wanted) {
                throw e;
            }
        }
    }

    /** By the standard if it takes this, else by the button. */
    private static void press(RedfishTalk talk, Resource system, String resetType, String push) throws IOException {
        Optional<String> button = Actions.oem(system, "PowerButton");
        if (button.isPresent() && !allowed(system).contains(resetType)) {
            talk.post(button.get(), Map.of("PushType", push));
        } else {
            reset(talk, system, resetType);
        }
    }

    private static void reset(RedfishTalk talk, Resource system, String type) throws IOException {
        Optional<String> target = Actions.standard(system, RESET);
        if (target.isEmpty() || !allowed(system).contains(type)) {
            throw Declined.notOffered("its Redfish has no reset of the type " + type);
        }
        talk.post(target.get(), Map.of("ResetType", type));
    }

    private static List<String> allowed(Resource system) {
        List<String> told = Actions.allowed(system, RESET, "ResetType");
        return told.isEmpty() ? USUAL : told;
    }
}
