package io.ferric.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.imports.NodePlan.Next;
import io.ferric.cli.imports.NodePlan.Verdict;
import io.ferric.cli.remote.Connection;
import io.ferric.cli.terminal.Failure;
import io.ferric.cli.terminal.UsageException;
import io.ferric.client.ApiException;
import io.ferric.client.FerricClient;
import io.ferric.client.Kind;
import io.ferric.client.Retries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ferric import}: takes nodes over from a running Ironic. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Copy nodes, ports, portgroups, volumes, chassis and deploy templates from a running Ironic to a Ferric. "
                    + "Says what would happen; --apply does it. It can be run again: what is here and equal is passed "
                    + "over, and what differs is told and left as it is."
        },
        footerHeading = "%nExample:%n",
        footer = {"  ferric import --from-ironic http://192.0.2.5:6385 --passwords ilo.yaml --apply"})
public final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--from-ironic", required = true, paramLabel = "URL", description = "The API of the Ironic.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "The API of the Ferric (default: FERRIC_URL, OS_ENDPOINT or http://127.0.0.1:6385).")
    private Optional<String> to = Optional.empty();

    @Option(names = "--apply", description = "Do it.")
    private boolean apply;

    @Option(names = "--dry-run", description = "Only say what would be done; the default.")
    private boolean dryRun;

    @Option(names = "--adopt", description = "Take running instances over too, by adopting their nodes.")
    private boolean adopt;

    @Option(
            names = "--passwords",
            paramLabel = "FILE",
            description = "YAML with the passwords Ironic does not tell: node: {ilo_password: ...}, or \"*\" for all.")
    private Optional<Path> passwords = Optional.empty();

    @Option(names = "--without-passwords", description = "Take nodes too whose passwords are not known; in enroll.")
    private boolean withoutPasswords;

    @Option(
            names = "--map-driver",
            paramLabel = "OLD=NEW",
            description = "What a driver is called here, such as ilo5=ilo; may be repeated.")
    private List<String> drivers = List.of();

    @Option(names = "--node", paramLabel = "NODE", description = "This node only, by name or UUID; may be repeated.")
    private List<String> nodes = List.of();

    @Option(
            names = "--from-openrc",
            paramLabel = "FILE",
            description = "How to log in there (default: the environment).")
    private Optional<Path> fromOpenrc = Optional.empty();

    @Option(names = "--to-openrc", paramLabel = "FILE", description = "How to log in here (default: the environment).")
    private Optional<Path> toOpenrc = Optional.empty();

    @Option(names = "--os-cacert", paramLabel = "FILE", description = "Certificates (PEM) to verify both by.")
    private Optional<String> ca = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long a node may take to be managed or adopted (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--json", description = "Print one JSON list at the end.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (apply && dryRun) {
            throw new UsageException("--apply and --dry-run exclude each other");
        }
        if (patience < 1) {
            throw new UsageException("--wait " + patience + " must be 1 second or more");
        }
        FerricClient ironic = client(Optional.of(from), fromOpenrc);
        FerricClient ferric = client(to.or(() -> Optional.ofNullable(System.getenv("FERRIC_URL"))), toOpenrc);
        ImportOptions options = new ImportOptions(
                passwords.isPresent() ? Passwords.read(passwords.get()) : Passwords.none(),
                driverNames(),
                adopt,
                withoutPasswords,
                Duration.ofSeconds(patience));
        if (isFerric(ironic)) {
            throw new UsageException(
                    "--from-ironic " + from + " is a Ferric. Name the Ironic to copy from; where OS_ENDPOINT"
                            + " or FERRIC_URL is set, say with --to where to.");
        }
        if (!isFerric(ferric)) {
            throw new UsageException("The service to copy to is no Ferric, and nothing was written to it."
                    + " Say with --to where Ferric is.");
        }
        Snapshot there = Snapshot.of(ironic);
        Snapshot here = Snapshot.of(ferric);
        ImportReport report = new ImportReport(spec.commandLine().getOut(), json);
        Execution execution = new Execution(ferric, options.patience());
        loose(Kind.CHASSIS, "uuid", there, here, execution, report);
        Planner planner = new Planner(there, here, options);
        for (ObjectNode node : wanted(there)) {
            tell(planner.plan(node), execution, report);
        }
        if (nodes.isEmpty()) {
            loose(Kind.DEPLOY_TEMPLATES, "name", there, here, execution, report);
        }
        return report.end(apply);
    }

    /** By what it calls itself; services that have nothing at their root are others. */
    private static boolean isFerric(FerricClient service) throws IOException {
        try {
            return service.api().get("/").path("name").asText().startsWith("Ferric");
        } catch (ApiException e) {
            return false;
        }
    }

    private void tell(NodePlan plan, Execution execution, ImportReport report) {
        if (plan.verdict() == Verdict.SAME
                || plan.verdict() == Verdict.DIFFERENT
                || plan.verdict() == Verdict.REFUSED) {
            String outcome = plan.verdict().name().toLowerCase(Locale.ROOT);
            report.tell("node", plan.label(), outcome, "", plan.notes());
            return;
        }
        List<String> notes = new ArrayList<>(plan.notes());
        boolean create = plan.verdict() == Verdict.CREATE;
        String words = create ? plan.amounts() + then(plan.next()) : "here and equal" + then(plan.next());
        String outcome = create ? "created" : "same";
        if (apply) {
            try {
                if (create) {
                    execution.create(plan);
                }
                after(plan, execution, notes);
            } catch (IOException e) {
                outcome = "failed";
                words = Failure.inOneLine(e);
            }
        }
        report.tell("node", plan.label(), outcome, words, notes);
    }

    /** The node is there; where this fails, it is told and can be done by hand. */
    private static void after(NodePlan plan, Execution execution, List<String> notes) {
        try {
            execution.follow(plan);
        } catch (IOException e) {
            notes.add("to do: " + Failure.inOneLine(e));
        }
        if (plan.verdict() == Verdict.CREATE) {
            try {
                execution.protect(plan);
            } catch (IOException e) {
                notes.add("to do: " + Failure.inOneLine(e));
            }
        }
    }

    private static String then(Next next) {
        return switch (next) {
            case STAY -> "";
            case MANAGE -> "; then manage";
            case ADOPT -> "; then adopt";
        };
    }

    /** What belongs to no node. */
    private void loose(Kind kind, String key, Snapshot there, Snapshot here, Execution execution, ImportReport report) {
        String noun = kind == Kind.CHASSIS ? "chassis" : "deploy template";
        for (ObjectNode each : there.all(kind)) {
            if (!nodes.isEmpty()
                    && wanted(there).stream()
                            .noneMatch(node -> node.path("chassis_uuid").equals(each.path("uuid")))) {
                continue;
            }
            String label = each.path(key).asText();
            ObjectNode body = Copied.request(kind, each, here.version());
            Optional<ObjectNode> known = here.find(kind, key, label);
            if (!here.has(kind)) {
                report.tell(noun, label, "refused", "there are none here", List.of());
            } else if (known.isPresent()) {
                List<String> different = Copied.different(body, known.get());
                boolean same = different.isEmpty();
                report.tell(noun, label, same ? "same" : "different", String.join(", ", different), List.of());
            } else {
                create(kind, noun, label, body, execution, report);
            }
        }
    }

    private void create(
            Kind kind, String noun, String label, ObjectNode body, Execution execution, ImportReport report) {
        try {
            if (apply) {
                execution.create(kind, body);
            }
            report.tell(noun, label, "created", "", List.of());
        } catch (IOException e) {
            report.tell(noun, label, "failed", Failure.inOneLine(e), List.of());
        }
    }

    /** Those that were asked for; nodes before their parts. */
    private List<ObjectNode> wanted(Snapshot there) {
        for (String id : nodes) {
            if (there.find(Kind.NODES, "uuid", id).isEmpty()
                    && there.find(Kind.NODES, "name", id).isEmpty()) {
                throw new UsageException("--node '" + id + "' is not there");
            }
        }
        return there.all(Kind.NODES).stream()
                .filter(node -> nodes.isEmpty()
                        || nodes.contains(node.path("uuid").asText())
                        || nodes.contains(node.path("name").asText()))
                .sorted((one, other) -> Boolean.compare(
                        !Copied.empty(one.path("parent_node")), !Copied.empty(other.path("parent_node"))))
                .toList();
    }

    private Map<String, String> driverNames() {
        Map<String, String> names = new LinkedHashMap<>();
        for (String pair : drivers) {
            String[] both = pair.split("=", -1);
            if (both.length != 2 || both[0].isEmpty() || both[1].isEmpty()) {
                throw new UsageException("--map-driver '" + pair + "': write it as OLD=NEW, such as ilo5=ilo");
            }
            names.put(both[0], both[1]);
        }
        return names;
    }

    private FerricClient client(Optional<String> url, Optional<Path> openrc) throws IOException {
        Map<String, String> environment = openrc.isPresent() ? Openrc.read(openrc.get()) : System.getenv();
        return new Connection(
                        url,
                        ca,
                        Optional.empty(),
                        Duration.ofMinutes(2),
                        Retries.usual().times(),
                        environment)
                .client();
    }
}
