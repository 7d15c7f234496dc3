package io.ferric.driver;

/**
 * One thing that is wrong with a node.
 *
 * @param code as in {@link io.ferric.node.FaultCode}
 * @param field where it is, such as {@code driver_info/ilo_address}
 * @param message what is wrong and what cures it
 */
public record Finding(String code, String field, String message) {}
