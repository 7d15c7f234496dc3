package io.ferric.cli;

/** What the user asked for cannot be done as asked; ends the program with exit code 2. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
