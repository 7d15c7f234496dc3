package io.ferric.lab.ilo;

import java.util.List;

/** A refusal, by the name that a message registry has for it. */
final class RestFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String registry;
    private final transient List<String> args;

    /** @param registry {@code Base} or {@code iLO}; the version is that of the firmware */
    RestFault(int status, String registry, String name, List<String> args) {
        super(name);
        this.status = status;
        this.registry = registry;
        this.args = List.copyOf(args);
    }

    /** 400 with a message of iLO's own registry. */
    static RestFault ilo(String name, String... args) {
        return new RestFault(400, "iLO", name, List.of(args));
    }

    /** 400 with a message of the standard registry. */
    static RestFault base(String name, String... args) {
        return new RestFault(400, "Base", name, List.of(args));
    }

    int status() {
        return status;
    }

    String registry() {
        return registry;
    }

    List<String> args() {
        return args;
    }
}
