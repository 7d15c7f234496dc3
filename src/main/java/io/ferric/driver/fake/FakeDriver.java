package io.ferric.driver.fake;

/** Placeholder. */
public final class FakeDriver {
    private FakeDriver() {}
}
