package io.ferric.lab.ilo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The accounts of an iLO, the same in all its protocols. Thread-safe. */
final class IloAccounts {
    private final List<IloUser> users;

    IloAccounts(List<IloUser> users) {
        this.users = new CopyOnWriteArrayList<>(users);
    }

    List<IloUser> all() {
        return new ArrayList<>(users);
    }

    Optional<IloUser> find(String login) {
        return users.stream().filter(user -> user.login().equals(login)).findFirst();
    }

    /** Who has this name and password. */
    Optional<IloUser> check(String login, String password) {
        return find(login).filter(user -> MessageDigest.isEqual(bytes(password), bytes(user.password())));
    }

    /** Adds the account, or replaces the one of the same name. */
    synchronized void put(IloUser user) {
        users.removeIf(other -> other.login().equals(user.login()));
        users.add(user);
    }

    boolean remove(String login) {
        return users.removeIf(user -> user.login().equals(login));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
