package io.ferric.cli.remote;

import io.ferric.cli.terminal.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a provisioning verb can be told besides the node. */
enum VerbOption {
    CLEAN_STEPS("--clean-steps", "JSON|FILE", "The steps, in their order."),
    DEPLOY_STEPS("--deploy-steps", "JSON|FILE", "Steps of the deploy besides those that run anyway."),
    SERVICE_STEPS("--service-steps", "JSON|FILE", "The steps, in their order."),
    RUNBOOK("--runbook", "NAME", "The runbook that has the steps."),
    CONFIG_DRIVE("--config-drive", "JSON|FILE|URL", "Its config drive: JSON, a gzipped ISO in base64, or where it is."),
    RESCUE_PASSWORD("--rescue-password-file", "FILE", "File whose first line is the rescue system's password."),
    PRESERVE_EPHEMERAL("--preserve-ephemeral", "", "Keep its ephemeral partition."),
    DISABLE_RAMDISK("--disable-ramdisk", "", "Run steps only that need no ramdisk.");

    private final String option;
    private final String label;
    private final String description;

    VerbOption(String option, String label, String description) {
        this.option = option;
        this.label = label;
        this.description = description;
    }

    void addTo(Leaf leaf) {
        if (label.isEmpty()) {
            leaf.flag(option, description);
        } else {
            leaf.option(option, label, description);
        }
    }

    /** The field of the request. */
    String field() {
        return switch (this) {
            case CONFIG_DRIVE -> "configdrive";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** What was given; empty when nothing was. */
    Optional<Object> value(Invocation call) throws IOException {
        if (label.isEmpty()) {
            return call.flag(option) ? Optional.of(true) : Optional.empty();
        }
        Optional<String> text = call.text(option);
        return text.isEmpty() ? Optional.empty() : Optional.of(read(text.get()));
    }

    private Object read(String text) throws IOException {
        return switch (this) {
            case RESCUE_PASSWORD -> PasswordFile.read(Path.of(text));
            case RUNBOOK -> text;
            case CONFIG_DRIVE -> configDrive(text);
            default -> Document.read(option, text);
        };
    }

    private Object configDrive(String text) throws IOException {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return text;
        }
        if (!text.startsWith("{") && isFile(text)) {
            String content = Document.file(text).strip();
            return content.startsWith("{") ? Document.read(option, content) : content;
        }
        return Document.read(option, text);
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
