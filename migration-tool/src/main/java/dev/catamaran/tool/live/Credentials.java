package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

/**
 * A server's user. Shows no password.
 *
 * @param user name; empty if there is no login
 * @param password its password
 */
public record Credentials(String user, String password) {

    public static final Credentials NONE = new Credentials("", "");

    public Credentials {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    public boolean isNone() {
        return user.isEmpty();
    }

    @Override
    public String toString() {
        return isNone() ? "no login" : "user " + user;
    }
}
