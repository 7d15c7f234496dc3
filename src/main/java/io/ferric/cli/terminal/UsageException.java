package io.ferric.cli.terminal;

/** What the user asked for cannot be done as asked; ends the program with exit code 2. */
public final class UsageException extends RuntimeException {
    public UsageException(String message) {
        super(message);
    }
}
