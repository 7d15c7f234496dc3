package io.ferric.node;

import java.util.Optional;

/**
 * To whom a node belongs, in the words of Keystone; where callers have projects, this decides who may see and do what.
 *
 * @param owner the project, or whoever, the server belongs to
 * @param lessee the project it is lent to for now
 */
public record Tenancy(Optional<String> owner, Optional<String> lessee) {
    public static final Tenancy NOBODY = new Tenancy(Optional.empty(), Optional.empty());
}
