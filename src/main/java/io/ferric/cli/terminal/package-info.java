/**
 * What all commands share at a terminal: sizes and times as people read them, progress, passwords from files, tables and
 * other forms of output, and failures in one line. Leans on {@code node} for its masking and on nothing else of Ferric.
 */
package io.ferric.cli.terminal;
