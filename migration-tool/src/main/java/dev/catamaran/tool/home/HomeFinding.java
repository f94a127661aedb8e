package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

/**
 * Something about a home that an operator must know.
 *
 * @param blocks whether the records cannot be taken for complete because of it
 * @param what what is wrong, or notable
 * @param where the file or folder that shows it
 * @param todo what the operator can do
 */
public record HomeFinding(boolean blocks, String what, String where, String todo) {

    public HomeFinding {
        requireNonNull(what, "what is null");
        requireNonNull(where, "where is null");
        requireNonNull(todo, "todo is null");
    }

    static HomeFinding blocking(String what, Object where, String todo) {
        return new HomeFinding(true, what, where.toString(), todo);
    }

    static HomeFinding note(String what, Object where, String todo) {
        return new HomeFinding(false, what, where.toString(), todo);
    }

    /** The finding in one line. */
    public String text() {
        return what + " (" + where + "). " + todo;
    }
}
