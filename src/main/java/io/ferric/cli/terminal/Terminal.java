package io.ferric.cli.terminal;

import java.io.Console;

/** Whether a person looks at the output. */
public final class Terminal {
    private Terminal() {}

    /** True when both input and output are a terminal, by whatever means this Java offers to know. */
    public static boolean attached() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // Since Java 22 there is a Console even for a file, and only this method tells.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
