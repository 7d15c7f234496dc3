package io.ferric.cli.terminal;

import io.ferric.node.Masking;
import io.ferric.node.NodeFault;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Turns whatever went wrong into one line for a person. */
public final class Failure {
    private Failure() {}

    public static String inOneLine(Throwable e) {
        return Masking.text(words(e)).replaceAll("\\s*\\R\\s*", " ");
    }

    private static String words(Throwable e) {
        if (e instanceof NodeFault fault) {
            return fault.inPlainWords();
        }
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + ": no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getMessage() + ": exists already";
        }
        if (e instanceof NotDirectoryException) {
            return e.getMessage() + ": is not a folder";
        }
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "connection refused";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
