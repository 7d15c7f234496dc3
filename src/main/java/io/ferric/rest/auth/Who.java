package io.ferric.rest.auth;

import java.util.Optional;

/**
 * The least role that has a right; empty where no role has it.
 *
 * @param system for callers of the whole system
 * @param project for callers of any project, where it is about no node
 * @param owner for callers of the project that a node belongs to
 * @param lessee for callers of the project that a node is lent to
 */
record Who(Role system, Optional<Role> project, Optional<Role> owner, Optional<Role> lessee) {
    static Who system(Role system) {
        return new Who(system, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Who projects(Role system, Role project) {
        return new Who(system, Optional.of(project), Optional.empty(), Optional.empty());
    }

    static Who owner(Role system, Role owner) {
        return new Who(system, Optional.empty(), Optional.of(owner), Optional.empty());
    }

    static Who lessee(Role system, Role owner, Role lessee) {
        return new Who(system, Optional.empty(), Optional.of(owner), Optional.of(lessee));
    }

    boolean ofNode() {
        return owner.isPresent();
    }
}
