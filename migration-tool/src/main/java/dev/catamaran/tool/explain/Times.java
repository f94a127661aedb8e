package dev.catamaran.tool.explain;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Times as an operator reads them. */
final class Times {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private Times() {}

    static String of(LocalDateTime time) {
        return FORM.format(time);
    }

    static String of(Entry entry) {
        return between(entry.first(), entry.last());
    }

    static String between(LocalDateTime from, LocalDateTime to) {
        if (!to.isAfter(from)) {
            return of(from);
        }
        boolean sameDay = from.toLocalDate().equals(to.toLocalDate());
        return of(from) + " to " + (sameDay ? of(to).substring(11) : of(to));
    }

    static String span(LocalDateTime from, LocalDateTime to) {
        Duration span = Duration.between(from, to);
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min " + span.toSecondsPart() + " s";
        }
        return span.toSeconds() + " s";
    }
}
