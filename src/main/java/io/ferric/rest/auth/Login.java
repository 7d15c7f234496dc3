package io.ferric.rest.auth;

import java.nio.charset.StandardCharsets;

/** A name and a password that may belong to it. */
record Login(String user, String password) {
    /** bcrypt looks no further, so that whatever follows would be taken for right. In bytes. */
    static final int LONGEST = 72;

    boolean tooLong() {
        return password.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    }

    @Override
    public String toString() {
        return user;
    }
}
