/**
 * A pretend iLO: what it knows and does ({@link io.ferric.lab.ilo.IloState}), the protocols it is asked in, and the
 * faults it shows on request. Leans on the tools of all pretend hardware and nothing else of the house, so that it
 * cannot share a misreading of the protocols with the client it is there to test. Start at
 * {@link io.ferric.lab.ilo.SimulatedIlo}.
 */
package io.ferric.lab.ilo;
