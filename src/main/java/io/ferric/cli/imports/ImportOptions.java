package io.ferric.cli.imports;

import java.time.Duration;
import java.util.Map;

/**
 * How nodes are taken over.
 *
 * @param drivers what a driver of Ironic is called here, where that differs
 * @param adopt whether running instances are taken over too
 * @param withoutPasswords whether nodes come too whose passwords are not known
 * @param patience how long a node may take to be managed or adopted
 */
record ImportOptions(
        Passwords passwords, Map<String, String> drivers, boolean adopt, boolean withoutPasswords, Duration patience) {}
