package io.ferric.rest.data;

/**
 * How many nodes are in a shard.
 *
 * @param name {@code None} for those that are in none
 */
public record ShardData(String name, int count) {}
