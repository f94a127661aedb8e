package dev.catamaran.legacyraft.sim;

import java.util.List;

/** A run that broke a rule, with its plan and what happened. */
public final class SimFailure extends AssertionError {

    private static final long serialVersionUID = 1L;
    private static final int TAIL = 40;

    private final transient List<String> trace;

    SimFailure(Plan plan, Throwable cause, List<String> trace) {
        super(
                plan.line()
                        + "\n"
                        + cause.getMessage()
                        + "\nlast lines of its trace:\n"
                        + String.join(
                                "\n",
                                trace.subList(Math.max(0, trace.size() - TAIL), trace.size())),
                cause);
        this.trace = List.copyOf(trace);
    }

    /** All lines, the plan first; {@link Simulation#replay} takes them. */
    public List<String> trace() {
        return trace == null ? List.of() : trace;
    }
}
