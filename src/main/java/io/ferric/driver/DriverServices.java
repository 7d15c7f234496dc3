package io.ferric.driver;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the house offers to drivers when they are made: services by their type (a publisher, a clock, configuration
 * records ...). Immutable; drivers pick what they need and name what is missing.
 */
public final class DriverServices {
    private final Map<Class<?>, Object> services;

    private DriverServices(Map<Class<?>, Object> services) {
        this.services = Map.copyOf(services);
    }

    public static DriverServices none() {
        return new DriverServices(Map.of());
    }

    /** A copy that also offers this. */
    public <T> DriverServices with(Class<T> type, T service) {
        Map<Class<?>, Object> more = new HashMap<>(services);
        more.put(type, service);
        return new DriverServices(more);
    }

    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(services.get(type)).map(type::cast);
    }

    /** @throws IllegalStateException naming the type when the house does not offer it */
    public <T> T require(Class<T> type) {
        return find(type)
                .orElseThrow(() -> new IllegalStateException("this conductor offers no " + type.getName()
                        + "; start it through io.ferric.Ferric or add the service"));
    }
}
