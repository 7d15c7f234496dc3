/**
 * The driver {@code fake-hardware}: pretends to manage servers, as slowly and with such failures as a test asks for.
 * Meant for the tests of programs that embed Ferric, and for a first look without hardware. Leans on {@code driver} and
 * {@code node}. Start with {@link io.ferric.driver.fake.FakeDriver}.
 */
package io.ferric.driver.fake;
