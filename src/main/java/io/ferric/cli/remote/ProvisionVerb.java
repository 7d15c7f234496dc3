package io.ferric.cli.remote;

import static io.ferric.cli.remote.VerbOption.CLEAN_STEPS;
import static io.ferric.cli.remote.VerbOption.CONFIG_DRIVE;
import static io.ferric.cli.remote.VerbOption.DEPLOY_STEPS;
import static io.ferric.cli.remote.VerbOption.DISABLE_RAMDISK;
import static io.ferric.cli.remote.VerbOption.PRESERVE_EPHEMERAL;
import static io.ferric.cli.remote.VerbOption.RESCUE_PASSWORD;
import static io.ferric.cli.remote.VerbOption.RUNBOOK;
import static io.ferric.cli.remote.VerbOption.SERVICE_STEPS;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The verbs of the provision state machine as commands. Source: Ironic's REST API reference, and its client's words. */
enum ProvisionVerb {
    MANAGE("manage", "manageable", "Take it under management: see whether its BMC can be reached."),
    PROVIDE("provide", "available", "Make it available, cleaned before if that is configured."),
    INSPECT("inspect", "manageable", "Find out what it is made of."),
    CLEAN("clean", "manageable", "Run clean steps on it.", CLEAN_STEPS, DISABLE_RAMDISK, RUNBOOK),
    ADOPT("adopt", "active", "Take its running instance over, without touching it."),
    DEPLOY("active", "active", "Deploy an instance on it.", CONFIG_DRIVE, DEPLOY_STEPS),
    UNDEPLOY("deleted", "available", "End its instance."),
    REBUILD("rebuild", "active", "Deploy its instance anew.", CONFIG_DRIVE, DEPLOY_STEPS, PRESERVE_EPHEMERAL),
    SERVICE("service", "active", "Run service steps on its running instance.", SERVICE_STEPS, DISABLE_RAMDISK, RUNBOOK),
    RESCUE("rescue", "rescue", "Boot it into a rescue system.", RESCUE_PASSWORD),
    UNRESCUE("unrescue", "active", "Boot it back from its rescue system."),
    UNHOLD("unhold", "", "Let it go on that a step of its own holds."),
    ABORT("abort", "", "Stop what waits: a deploy, cleaning, an inspection.");

    private final String target;
    private final String goal;
    private final String summary;
    private final List<VerbOption> options;

    ProvisionVerb(String target, String goal, String summary, VerbOption... options) {
        this.target = target;
        this.goal = goal;
        this.summary = summary;
        this.options = List.of(options);
    }

    String command() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the API calls it. */
    String target() {
        return target;
    }

    /** The state it ends in; empty where that depends. */
    Optional<String> goal() {
        return goal.isEmpty() ? Optional.empty() : Optional.of(goal);
    }

    String summary() {
        return summary;
    }

    List<VerbOption> options() {
        return options;
    }
}
