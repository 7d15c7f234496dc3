package io.ferric.cli;

import io.ferric.ilo.wire.IloTrace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what is said to and by an iLO, with time and protocol, for a bug report. Safe for use by many threads. */
final class IloTraceLog implements IloTrace, AutoCloseable {
    private final List<PrintWriter> outlets;
    private final Optional<PrintWriter> file;
    private final Clock clock;
    private String protocol = "";

    IloTraceLog(List<PrintWriter> outlets, Optional<PrintWriter> file, Clock clock) {
        this.outlets = List.copyOf(outlets);
        this.file = file;
        this.clock = clock;
        String[] version = new VersionCommand().getVersion();
        write("# " + String.join(", ", version) + "; secrets are masked");
    }

    /** @param screen stays open */
    static IloTraceLog of(Optional<PrintWriter> screen, Optional<Path> file) throws IOException {
        List<PrintWriter> outlets = new ArrayList<>(screen.stream().toList());
        Optional<PrintWriter> opened = file.isPresent()
                ? Optional.of(new PrintWriter(Files.newBufferedWriter(file.get()), true))
                : Optional.empty();
        opened.ifPresent(outlets::add);
        return new IloTraceLog(outlets, opened, Clock.systemUTC());
    }

    @Override
    public synchronized void say(String bmc, Direction direction, String text) {
        if (direction == Direction.TO_ILO) {
            protocol = protocolOf(text);
        }
        write("");
        write(String.join(
                " ", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), direction.name(), bmc, protocol));
        write(text.stripTrailing());
    }

    /** A request begins with its method and path. */
    private static String protocolOf(String request) {
        String[] words = request.split("\\s+", 3);
        String path = words.length > 1 ? words[1] : "";
        return path.startsWith("/ribcl") ? "RIBCL" : path.startsWith("/redfish") ? "Redfish" : "";
    }

    private void write(String line) {
        outlets.forEach(each -> each.println(line));
    }

    @Override
    public synchronized void close() {
        outlets.forEach(PrintWriter::flush);
        file.ifPresent(PrintWriter::close);
    }
}
