package io.ferric.lab.ilo;

import java.util.EnumSet;
import java.util.Set;

/**
 * An account of a simulated iLO.
 *
 * @param privileges what it may do; reading is allowed to all
 */
public record IloUser(String login, String password, Set<Privilege> privileges) {
    public IloUser {
        privileges = Set.copyOf(privileges);
    }

    /** A user who may do everything. */
    public static IloUser administrator(String login, String password) {
        return new IloUser(login, password, EnumSet.allOf(Privilege.class));
    }

    @Override
    public String toString() {
        return "IloUser[login=" + login + ", password=***, privileges=" + privileges + "]";
    }
}
