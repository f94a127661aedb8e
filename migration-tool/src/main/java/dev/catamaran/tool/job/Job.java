package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One job as the journal holds it. Times are milliseconds since 1970 by the journal's clock, 0 if
 * not yet.
 *
 * @param id sorts by time of creation
 * @param verb the command that made it
 * @param who the operating system's name of the operator
 * @param host the machine it was ordered on
 * @param arguments what was asked for, without any password
 * @param plan what was decided, as JSON; empty until it is planned
 * @param state how far it is
 * @param digests of source and target
 * @param times of creation, first start and end
 * @param outcome one line on how it ended; empty until then
 * @param claim who runs it or ran it last
 */
public record Job(
        String id,
        String verb,
        String who,
        String host,
        SortedMap<String, String> arguments,
        String plan,
        JobState state,
        Digests digests,
        Times times,
        String outcome,
        Holder claim) {

    /**
     * Digests of records.
     *
     * @param source what was to be reached; empty until planned
     * @param before what the target held; empty until planned
     * @param after what the target held at the end; empty until then
     */
    public record Digests(String source, String before, String after) {
        static final Digests NONE = new Digests("", "", "");
    }

    /** When it was created, first started, and ended. */
    public record Times(long createdMs, long startedMs, long endedMs) {}

    /**
     * Who runs the job.
     *
     * @param worker name of the worker; empty if nobody ever has
     * @param fence raised by each claim, and when one is given back
     * @param leaseUntilMs until when nobody else may claim it
     * @param live whether the lease was running when the journal was read, and its worker not known
     *     to be dead
     */
    public record Holder(String worker, long fence, long leaseUntilMs, boolean live) {}

    public Job {
        requireNonNull(id, "id is null");
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    /** Whether its worker was killed, or lost the journal. */
    public boolean isInterrupted() {
        return state == JobState.RUNNING && !claim.live();
    }
}
