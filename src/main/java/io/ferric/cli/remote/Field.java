package io.ferric.cli.remote;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A field of a resource that can be given on the command line. Its option is named after it.
 *
 * @param name in the API
 * @param option such as {@code --resource-class}
 * @param uses where it can be given
 */
record Field(String name, String option, Type type, Set<Use> uses, String description) {
    /** How its value is written. */
    enum Type {
        TEXT("TEXT"),
        NUMBER("NUMBER"),
        /** {@code --x} for true and {@code --no-x} for false. */
        BOOL(""),
        /** {@code KEY=VALUE}, repeated. */
        MAP("KEY=VALUE"),
        /** JSON, a file of JSON or YAML, or - for standard input. */
        DOCUMENT("JSON|FILE"),
        /** Repeated. */
        LIST("TEXT");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** In which commands a field can be given. */
    enum Use {
        REQUIRED,
        CREATE,
        SET,
        UNSET
    }

    static Field of(String name, Type type, String description, Use... uses) {
        EnumSet<Use> all = EnumSet.noneOf(Use.class);
        all.addAll(Arrays.asList(uses));
        return new Field(name, "--" + name.replace('_', '-'), type, all, description);
    }

    /** One that can be given at any time, and taken away. */
    static Field any(String name, Type type, String description) {
        return of(name, type, description, Use.CREATE, Use.SET, Use.UNSET);
    }

    /** With an option of another name. */
    Field as(String other) {
        return new Field(name, other, type, uses, description);
    }

    boolean in(Use use) {
        return uses.contains(use);
    }
}
