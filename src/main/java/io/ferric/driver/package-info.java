/**
 * What a driver promises: small interfaces for power, boot management, deployment and methods of its own, and the
 * {@link io.ferric.driver.Task} that is its only voice upwards. Leans on {@code node}. A driver is found by
 * {@link java.util.ServiceLoader} through {@link io.ferric.driver.DriverProvider}; start reading at
 * {@link io.ferric.driver.Driver}.
 */
package io.ferric.driver;
