package dev.catamaran.tool.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The rehearsal as a drawing needs it. Times are milliseconds since it began.
 *
 * @param endMs its end
 * @param bands phases, one after the other
 * @param seconds writes per second of time, by the second in which they ended
 * @param lag lag of the mirror over time
 * @param marks kills, starts and orders
 */
public record Timeline(
        long endMs, List<Band> bands, List<Second> seconds, List<LagSample> lag, List<Mark> marks) {

    /** A phase from one time to another. */
    public record Band(String phase, long fromMs, long untilMs) {
        public Band {
            requireNonNull(phase, "phase is null");
        }
    }

    /** How attempts to write ended within one second. */
    public record Second(long acknowledged, long refused, long unknown) {}

    /** How far the mirror trailed. */
    public record LagSample(long atMs, long records) {}

    /** Something that was done to the cluster. */
    public record Mark(long atMs, Kind kind, String text) {

        /** Kinds of mark. */
        public enum Kind {
            KILL,
            READY,
            ORDER
        }

        public Mark {
            requireNonNull(kind, "kind is null");
            requireNonNull(text, "text is null");
        }
    }

    public Timeline {
        bands = List.copyOf(bands);
        seconds = List.copyOf(seconds);
        lag = List.copyOf(lag);
        marks = List.copyOf(marks);
    }
}
