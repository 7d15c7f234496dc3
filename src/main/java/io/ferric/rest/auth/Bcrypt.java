package io.ferric.rest.auth;

import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Tries a password on a bcrypt hash, which takes a while by intention. */
@FunctionalInterface
interface Bcrypt {
    Bcrypt LIBRARY = (hash, password) -> OpenBSDBCrypt.checkPassword(hash, password.toCharArray());

    boolean matches(String hash, String password);
}
