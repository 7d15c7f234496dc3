package io.ferric.rest.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What an interface of the driver says to a node's settings.
 *
 * @param result whether nothing stops the work; warnings do not
 * @param reason everything that is wrong, then what warns, each beginning with {@code Warning:}; in one text
 */
public record ValidationData(
        boolean result,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason) {}
