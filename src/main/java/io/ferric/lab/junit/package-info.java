/**
 * Simulated iLOs in other people's tests: an extension for JUnit 5 that starts one for a parameter and closes it
 * afterwards. Leans on the simulated iLO and on JUnit's interfaces, which this library does not bring along. Start at
 * {@link io.ferric.lab.junit.SimulatedIloExtension}.
 */
package io.ferric.lab.junit;
