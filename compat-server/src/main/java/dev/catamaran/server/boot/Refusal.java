package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

/**
 * Why a member does not start, for the person who started it. Nothing was changed.
 *
 * @param what what is wrong
 * @param where the file, key or address it concerns
 * @param todo what to do about it
 */
public record Refusal(String what, String where, String todo) {

    public Refusal {
        requireNonNull(what, "what is null");
        requireNonNull(where, "where is null");
        requireNonNull(todo, "todo is null");
    }

    /** The message as it is printed. */
    public String text() {
        return "catamaran does not start: "
                + what
                + System.lineSeparator()
                + "  where: "
                + where
                + System.lineSeparator()
                + "  to do: "
                + todo;
    }
}
