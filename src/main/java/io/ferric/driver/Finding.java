package io.ferric.driver;

/**
 * One thing that is wrong with a node.
 *
 * @param code as in {@link io.ferric.node.FaultCode}
 * @param field where it is, such as {@code driver_info/ilo_address}
 * @param message what is wrong and what cures it
 */
public record Finding(String code, String field, String message) {
    /** The code of a finding that stops nothing. */
    public static final String WARNING = "Warning";

    /** Whether an operator should know of it although it stops nothing. */
    public boolean warns() {
        return code.equals(WARNING);
    }
}
