package io.ferric.driver;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drivers this process has. A driver that cannot be made is named and left out; the others work. Immutable. */
public final class Drivers {
    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

    /** A class path that cannot be searched fails again and again, and each time as if there were more to come. */
    private static final int MOST_FAILURES = 100;

    private final Map<String, Driver> byName = new TreeMap<>();
    private final Map<String, Driver> byNameOrAlias = new HashMap<>();
    private final Map<String, String> broken = new LinkedHashMap<>();
    private final Set<String> disabled = new LinkedHashSet<>();
    private final Set<String> installed = new TreeSet<>();

    private Drivers() {}

    /** These drivers and no others. */
    public static Drivers of(Collection<? extends Driver> drivers) {
        Drivers all = new Drivers();
        drivers.forEach(all::add);
        return all;
    }

    /**
     * Every driver on the class path whose name is enabled.
     *
     * @param enabled empty for all
     */
    public static Drivers load(ClassLoader classes, DriverServices services, Set<String> enabled) {
        Drivers all = new Drivers();
        Iterator<DriverProvider> providers =
                ServiceLoader.load(DriverProvider.class, classes).iterator();
        for (int failures = 0; failures < MOST_FAILURES; ) {
            try {
                if (!providers.hasNext()) {
                    return all;
                }
                all.tryAdd(providers.next(), services, enabled);
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                all.noteBroken("(" + e.getMessage() + ")", e);
            }
        }
        LOG.error("looking for drivers failed {} times; there may be more than were found", MOST_FAILURES);
        return all;
    }

    /** The driver of this name or alias; empty when there is none. */
    public Optional<Driver> find(String name) {
        return Optional.ofNullable(byNameOrAlias.get(name));
    }

    /** The driver of this name or alias. */
    public Driver require(String name) {
        return find(name)
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.DRIVER_NOT_FOUND,
                        "No conductor service registered which supports driver " + name + "." + whyNot(name),
                        "Drivers here are: " + String.join(", ", byName.keySet()) + "."));
    }

    private String whyNot(String name) {
        if (broken.containsKey(name)) {
            return " It could not be loaded: " + broken.get(name);
        }
        return disabled.contains(name) ? " It is installed but not enabled; add it to enabled_drivers." : "";
    }

    /** All drivers, by name. */
    public List<Driver> all() {
        return List.copyOf(byName.values());
    }

    /** Names that can be enabled, in order: of drivers that were loaded, left out or could not be made. */
    public List<String> installed() {
        return List.copyOf(installed);
    }

    /** What could not be loaded, and why. */
    public Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    private void tryAdd(DriverProvider provider, DriverServices services, Set<String> enabled) {
        String name = provider.getClass().getName();
        try {
            name = provider.name();
            installed.add(name);
            if (enabled.isEmpty() || enabled.contains(name)) {
                add(provider.create(services));
            } else {
                disabled.add(name);
            }
        } catch (RuntimeException | LinkageError e) {
            noteBroken(name, e);
        }
    }

    private void add(Driver driver) {
        if (byName.putIfAbsent(driver.name(), driver) != null) {
            throw new IllegalStateException("two drivers are named " + driver.name());
        }
        installed.add(driver.name());
        byNameOrAlias.put(driver.name(), driver);
        driver.aliases().forEach(alias -> byNameOrAlias.putIfAbsent(alias, driver));
    }

    private void noteBroken(String name, Throwable why) {
        if (broken.put(name, String.valueOf(why.getMessage())) == null) {
            LOG.error("driver {} cannot be used and is left out: {}", name, why.toString());
        }
    }
}
