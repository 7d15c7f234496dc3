package io.ferric.cli;

import io.ferric.cli.terminal.ByteText;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@code ferric lab} prints at its end, for people. */
final class LabSummary {
    private LabSummary() {}

    static void print(PrintWriter out, LabReport report) {
        out.printf("%n%-3s %-10s %14s %14s%n", "#", "role", "start", "size");
        for (LabReport.Partition part : report.partitions()) {
            out.printf(
                    "%-3d %-10s %14s %14s%n",
                    part.number(), part.role(), ByteText.size(part.startBytes()), ByteText.size(part.sizeBytes()));
        }
        out.printf("%nimage      sha256 %s%n", report.imageSha256());
        out.printf("disk       %s%n", report.verified() ? "the same, read back from the root partition" : "DIFFERS");
        out.printf("root       UUID=%s%n", report.rootUuid());
        out.printf("written    %s as data, the zeros between by command%n", ByteText.size(report.bytesWritten()));
        LabReport.Artifacts files = report.artifacts();
        out.printf("%nartefacts  %s%n", files.disk());
        Stream.of(files.floppy(), files.deployIso(), files.bootIso())
                .filter(Objects::nonNull)
                .forEach(file -> out.printf("           %s%n", file));
        out.printf(
                "%nnode %s is %s after %.1f s%n", report.nodeUuid(), report.provisionState(), report.elapsedSeconds());
    }
}
