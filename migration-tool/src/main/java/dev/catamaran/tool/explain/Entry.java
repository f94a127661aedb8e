package dev.catamaran.tool.explain;

import java.time.LocalDateTime;

/**
 * An event of one node, with its repetitions.
 *
 * @param first when it was seen first
 * @param last when it was seen last, equal to {@code first} when once
 * @param count how often, at least 1
 * @param event what happened
 * @param place where the first of them stands
 */
record Entry(LocalDateTime first, LocalDateTime last, long count, NodeEvent event, String place) {

    static Entry of(LogLine line, NodeEvent event) {
        return new Entry(line.at(), line.at(), 1, event, line.place());
    }

    Entry again(LocalDateTime at) {
        return new Entry(first, at.isAfter(last) ? at : last, count + 1, event, place);
    }
}
