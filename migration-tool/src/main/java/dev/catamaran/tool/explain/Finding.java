package dev.catamaran.tool.explain;

import java.util.List;
import java.util.Locale;

/**
 * One cause that was found, for an operator to read and for a program to act on.
 *
 * @param id stable name, told in {@code docs/tool/explain.md}
 * @param severity how bad
 * @param incident number of the kind of incident in that page; 0 when it is none
 * @param node whose log or answer shows it, empty for the whole cluster
 * @param when first and last time, or "now" for a live cluster
 * @param what what happened
 * @param why the rule of that version that made it happen
 * @param evidence lines or answers to look up
 * @param remedy what to do, most careful first
 */
record Finding(
        String id,
        Severity severity,
        int incident,
        String node,
        String when,
        String what,
        String why,
        List<String> evidence,
        List<String> remedy) {

    Finding {
        evidence = List.copyOf(evidence);
        remedy = List.copyOf(remedy);
    }

    /** Ordered from bad to harmless. */
    enum Severity {
        /** Records were or can be lost, or clients are refused. */
        OUTAGE,
        /** The cluster does not go on by itself. */
        STUCK,
        /** Worth knowing before the next step. */
        WARNING,
        /** Tells what moved the cluster. */
        NOTE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
