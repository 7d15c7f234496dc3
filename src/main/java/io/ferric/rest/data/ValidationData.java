package io.ferric.rest.data;

import java.util.Optional;

/**
 * What an interface of the driver says to a node's settings.
 *
 * @param reason everything that is wrong, in one text
 */
public record ValidationData(boolean result, Optional<String> reason) {}
