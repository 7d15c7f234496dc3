package io.ferric.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeDriverProvider;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {
    private static final String SERVICES = "META-INF/services/" + DriverProvider.class.getName();

    @TempDir
    Path folder;

    /** A class path that names these providers and no others. */
    private ClassLoader naming(String... providers) throws IOException {
        Path services = folder.resolve(SERVICES);
        Files.createDirectories(services.getParent());
        Files.writeString(services, String.join("\n", providers));
        URL named = services.toUri().toURL();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals(SERVICES) ? Collections.enumeration(List.of(named)) : super.getResources(name);
            }
        };
    }

    private static Drivers load(ClassLoader classes, String... enabled) {
        return Drivers.load(classes, DriverServices.none(), Set.of(enabled));
    }

    @Test
    void finds_a_driver_by_name_and_alias() throws IOException {
        Drivers drivers = load(naming(FakeDriverProvider.class.getName()));
        assertThat(drivers.require("fake")).isSameAs(drivers.require(FakeDriver.NAME));
        assertThat(drivers.all()).hasSize(1);
    }

    @Test
    void says_what_is_installed_but_not_enabled() throws IOException {
        Drivers drivers = load(naming(FakeDriverProvider.class.getName()), "ilo");
        assertThatThrownBy(() -> drivers.require(FakeDriver.NAME))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, e -> assertThat(e.code()).isEqualTo(FaultCode.DRIVER_NOT_FOUND))
                .hasMessageContaining("fake-hardware. It is installed but not enabled; add it to enabled_drivers.");
        assertThatThrownBy(() -> drivers.require("ghost")).hasMessageEndingWith("driver ghost.");
    }

    @Test
    void a_class_file_nobody_can_read_is_noted_and_the_others_work() throws IOException {
        Path broken = folder.resolve("broken/Provider.class");
        Files.createDirectories(broken.getParent());
        // the magic number, and a version of class files far in the future
        Files.write(broken, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0x7F, 0x7F, 0, 1});
        Drivers drivers = load(naming("broken.Provider", "no.such.Provider", FakeDriverProvider.class.getName()));
        assertThat(drivers.require(FakeDriver.NAME)).isNotNull();
        assertThat(drivers.broken()).hasSize(2);
    }

    @Test
    void a_provider_that_throws_is_named_with_the_reason() throws IOException {
        Drivers drivers = load(naming(Throwing.class.getName(), FakeDriverProvider.class.getName()));
        assertThat(drivers.broken()).containsExactly(entry("throwing", "io/some/Missing"));
        assertThatThrownBy(() -> drivers.require("throwing"))
                .hasMessageContaining("It could not be loaded: io/some/Missing");
    }

    @Test
    @Timeout(30)
    void a_class_path_that_cannot_be_searched_does_not_keep_the_program_from_starting() {
        AtomicInteger asked = new AtomicInteger();
        ClassLoader unreadable = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                asked.incrementAndGet();
                throw new IOException("the disk is gone");
            }
        };
        assertThat(load(unreadable).all()).isEmpty();
        assertThat(asked.get()).isLessThan(1000);
    }

    @Test
    void two_drivers_of_one_name_are_refused() {
        FakeDriver driver = new FakeDriver(new FakeHardware(), duration -> {});
        assertThatThrownBy(() -> Drivers.of(List.of(driver, driver))).hasMessageContaining("two drivers");
    }

    /** Cannot make its driver. */
    public static final class Throwing implements DriverProvider {
        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public Driver create(DriverServices services) {
            throw new NoClassDefFoundError("io/some/Missing");
        }
    }
}
