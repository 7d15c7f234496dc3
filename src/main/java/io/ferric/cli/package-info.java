/**
 * How you ask at a terminal: {@link io.ferric.cli.Main} and one class a command. Leans on the hall to start a conductor,
 * and on the rooms whose work a command shows (images, iSCSI, the iLO client, the lab). Commands print results on
 * standard output and everything else on standard error.
 */
package io.ferric.cli;
