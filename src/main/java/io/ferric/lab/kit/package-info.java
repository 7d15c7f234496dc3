/** Small things that all pretend hardware is made with: faults that strike on request, and threads that end. */
package io.ferric.lab.kit;
