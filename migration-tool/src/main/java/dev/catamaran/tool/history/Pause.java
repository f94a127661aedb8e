package dev.catamaran.tool.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A time in which no write was acknowledged although clients tried.
 *
 * @param fromNs end of the last acknowledged write before, or when the writers began
 * @param untilNs end of the first acknowledged write after, or when the writers stopped
 */
public record Pause(long fromNs, long untilNs) {

    /**
     * A time in which the writers were at work.
     *
     * @param fromNs when they began
     * @param untilNs when they stopped
     */
    public record Span(long fromNs, long untilNs) {}

    public long lengthNs() {
        return untilNs - fromNs;
    }

    /** How much of the pause lies in [{@code fromNs}, {@code untilNs}]. */
    public long overlapNs(long spanFromNs, long spanUntilNs) {
        return Math.max(0, Math.min(untilNs, spanUntilNs) - Math.max(fromNs, spanFromNs));
    }

    /** All pauses between acknowledgements, within each span of work by itself. */
    public static List<Pause> between(Collection<Call> calls, List<Span> spans) {
        long[] acknowledged =
                calls.stream()
                        .filter(Call.Write.class::isInstance)
                        .map(Call.Write.class::cast)
                        .filter(write -> write.outcome() == Outcome.ACKNOWLEDGED)
                        .mapToLong(Call.Write::endNs)
                        .sorted()
                        .toArray();
        List<Pause> pauses = new ArrayList<>();
        for (Span span : spans) {
            long last = span.fromNs();
            for (long endNs : acknowledged) {
                if (endNs > span.fromNs() && endNs < span.untilNs()) {
                    pauses.add(new Pause(last, endNs));
                    last = endNs;
                }
            }
            pauses.add(new Pause(last, span.untilNs()));
        }
        return pauses;
    }
}
