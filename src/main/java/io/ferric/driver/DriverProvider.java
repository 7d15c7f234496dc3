package io.ferric.driver;

/**
 * What a driver jar declares in {@code META-INF/services/io.ferric.driver.DriverProvider}. The class needs a public
 * constructor without parameters, which should do nothing.
 */
public interface DriverProvider {
    /** The name of the driver it makes, as in {@link Driver#name()}. */
    String name();

    Driver create(DriverServices services);
}
