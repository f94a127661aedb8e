package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One thing that a check found, for the operator to read.
 *
 * @param weight what it means for the work
 * @param code short stable name of the check, for scripts
 * @param what what is wrong
 * @param where home, group, file or argument that shows it
 * @param todo what the operator can do
 */
public record Finding(Weight weight, String code, String what, String where, String todo) {

    /** How a finding counts. */
    public enum Weight {
        /** The work is refused. */
        REFUSES,
        /** The work goes on; the operator should read this before. */
        WARNS
    }

    public Finding {
        requireNonNull(weight, "weight is null");
        requireNonNull(code, "code is null");
        requireNonNull(what, "what is null");
        requireNonNull(where, "where is null");
        requireNonNull(todo, "todo is null");
    }

    /** A finding that refuses the work. */
    public static Finding refuses(String code, String what, String where, String todo) {
        return new Finding(Weight.REFUSES, code, what, where, todo);
    }

    /** A finding that is only told. */
    public static Finding warns(String code, String what, String where, String todo) {
        return new Finding(Weight.WARNS, code, what, where, todo);
    }

    /** Whether any of them refuses the work. */
    public static boolean anyRefuses(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.weight() == Weight.REFUSES);
    }

    /** The finding on two lines: what and where, then what to do. */
    public String text() {
        String word = weight == Weight.REFUSES ? "refused" : "warning";
        return word + " [" + code + "] " + what + " (" + where + ")\n    " + todo;
    }
}
