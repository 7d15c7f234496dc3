package io.ferric.cli.remote;

import java.util.Optional;

/**
 * An option that narrows a list.
 *
 * @param parameter of the query
 * @param value when the option is a flag, what it means
 */
record Filter(String option, String parameter, Optional<String> value, String description) {
    static Filter value(String option, String parameter, String description) {
        return new Filter(option, parameter, Optional.empty(), description);
    }

    static Filter flag(String option, String parameter, String value, String description) {
        return new Filter(option, parameter, Optional.of(value), description);
    }
}
