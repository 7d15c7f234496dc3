package io.ferric.lab.ilo;

import java.util.Optional;

/**
 * One command of the table in {@link RibclCommands}.
 *
 * @param block the element it must stand in, such as {@code SERVER_INFO}
 * @param write whether the block must say {@code MODE="write"}
 * @param privilege what the user must be allowed
 */
record RibclCommand(String block, boolean write, Optional<Privilege> privilege, Action action) {

    /** Does the command and says what came of it. */
    @FunctionalInterface
    interface Action {
        Outcome run(RibclElement command) throws RibclFault;
    }

    /**
     * A success: a payload, or a note, or neither.
     *
     * @param payload an element that follows RESPONSE; may be empty
     * @param note replaces "No error"; may be empty
     */
    record Outcome(String payload, String note) {
        static final Outcome DONE = new Outcome("", "");

        static Outcome payload(String element) {
            return new Outcome(element, "");
        }

        static Outcome note(String message) {
            return new Outcome("", message);
        }
    }

    static RibclCommand read(String block, Action action) {
        return new RibclCommand(block, false, Optional.empty(), action);
    }

    static RibclCommand write(String block, Privilege privilege, Action action) {
        return new RibclCommand(block, true, Optional.of(privilege), action);
    }
}
