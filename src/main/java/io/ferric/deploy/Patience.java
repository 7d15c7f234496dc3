package io.ferric.deploy;

import java.util.function.LongSupplier;

/**
 * How a download tells time and waits: the seam at which tests need not.
 *
 * @param nanoTime as {@link System#nanoTime}
 */
record Patience(LongSupplier nanoTime, Pause pause) {
    static final Patience REAL = new Patience(System::nanoTime, Pause.sleeping());
}
