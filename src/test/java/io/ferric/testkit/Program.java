package io.ferric.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/** Runs the program {@code ferric} as a process of its own, as a user does. */
public final class Program {
    private Program() {}

    /** Runs one command to its end, ten minutes at most. */
    public static Result run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("ferric", ".out");
        Path err = Files.createTempFile("ferric", ".err");
        Process process = new ProcessBuilder(command(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                throw new AssertionFailedError(
                        "ferric " + Arrays.toString(arguments) + " did not end:\n" + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** The command line that runs it from the classes of this test run. */
    public static List<String> command(String... arguments) {
        return command("io.ferric.cli.Main", arguments);
    }

    /** The same for another class with a main method. */
    public static List<String> command(Class<?> main, String... arguments) {
        return command(main.getName(), arguments);
    }

    private static List<String> command(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** How it ended and what it said. */
    public record Result(int exit, String out, String err) {}
}
