package io.ferric.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of the program: its exit code and what it said. */
record Said(int code, String out, String err) {
    static Said by(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine(words).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Said(line.execute(words), out.toString(), err.toString());
    }
}
