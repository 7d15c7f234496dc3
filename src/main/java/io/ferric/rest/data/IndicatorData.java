package io.ferric.rest.data;

import java.util.List;

/**
 * A light of a server, as Ironic shows it.
 *
 * @param name with the component, such as {@code led@chassis}
 * @param readonly whether it can only be read
 * @param states those that can be set: {@code blinking}, {@code off}, {@code on}
 */
public record IndicatorData(String name, String component, boolean readonly, List<String> states, List<Link> links) {}
