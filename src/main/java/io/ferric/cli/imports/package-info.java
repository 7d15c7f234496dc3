/**
 * {@code ferric import}: copies what a running Ironic knows into a Ferric, looking first and doing after. A
 * {@link io.ferric.cli.imports.Snapshot} of both sides goes into the {@link io.ferric.cli.imports.Planner}, whose plan
 * {@link io.ferric.cli.imports.Execution} carries out. Leans on {@code client} for both APIs. Start with
 * {@link io.ferric.cli.imports.ImportCommand}.
 */
package io.ferric.cli.imports;
