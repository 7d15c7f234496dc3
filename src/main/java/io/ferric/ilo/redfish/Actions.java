package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.BrokenAnswer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a resource says can be done with it. URLs are always taken from here and never built. */
final class Actions {
    private Actions() {}

    /**
     * Where an action of the standard is.
     *
     * @param name such as {@code ComputerSystem.Reset}
     */
    static Optional<String> standard(Resource resource, String name) throws BrokenAnswer {
        return target(resource.json().at("Actions", "#" + name));
    }

    /**
     * Where an action of HPE, or HP before, is.
     *
     * @param name without its namespace, which differs: {@code PowerButton} of {@code #HpeComputerSystemExt.PowerButton}
     */
    static Optional<String> oem(Resource resource, String name) throws BrokenAnswer {
        for (Json actions : places(resource)) {
            for (String each : actions.names()) {
                if (each.startsWith("#Hp") && each.endsWith("." + name)) {
                    return target(actions.at(each));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Json> places(Resource resource) {
        Json aside = resource.json().at("Actions", "Oem");
        return Stream.concat(
                        Stream.of(resource.oem("Actions"), aside),
                        Stream.of("Hpe", "Hp").map(aside::at))
                .toList();
    }

    /** The values a parameter may have, as the action tells them; empty when it does not. */
    static List<String> allowed(Resource resource, String action, String parameter) {
        return resource.json().at("Actions", "#" + action).texts(parameter + "@Redfish.AllowableValues");
    }

    private static Optional<String> target(Json action) throws BrokenAnswer {
        Optional<String> target = action.text("target");
        return target.isPresent() ? Optional.of(Links.path(target.get())) : Optional.empty();
    }
}
