package dev.catamaran.registry.decode;

import static java.util.Objects.requireNonNull;

/**
 * Why bytes or text from outside are not taken.
 *
 * @param what what is wrong with it
 * @param where which part of the input, e.g. {@code value.instanceList[3].port}
 */
public record Refusal(String what, String where) {

    /** Longest text kept of either part: refusals quote hostile input and end up in logs. */
    static final int MAX_TEXT = 300;

    public Refusal {
        what = shown(requireNonNull(what, "what is null"));
        where = shown(requireNonNull(where, "where is null"));
    }

    /** The same refusal, found inside an enclosing part. */
    public Refusal in(String outer) {
        if (where.isEmpty()) {
            return new Refusal(what, outer);
        }
        return new Refusal(what, where.startsWith("[") ? outer + where : outer + "." + where);
    }

    private static String shown(String text) {
        return PlainText.of(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…");
    }

    @Override
    public String toString() {
        return where.isEmpty() ? what : where + ": " + what;
    }
}
