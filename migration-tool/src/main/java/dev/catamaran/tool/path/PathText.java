package dev.catamaran.tool.path;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plan for people. */
public final class PathText {

    private PathText() {}

    /** The plan as lines; the advised way in full, of the other why it is closed or not advised. */
    public static String of(Situation s) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "From "
                        + s.from()
                        + " to "
                        + s.to()
                        + ", "
                        + s.nodes()
                        + " nodes, storage "
                        + s.storage().name().toLowerCase(Locale.ROOT)
                        + (s.records().isPresent()
                                ? ", " + s.records().getAsLong() + " records"
                                : ""));
        Optional<Way> advised = PathPlanner.advised(s);
        for (Way way : PathPlanner.plan(s)) {
            line(text, "");
            boolean best = advised.map(way::equals).orElse(false);
            line(
                    text,
                    name(way.kind())
                            + (way.isOpen() ? best ? " (advised)" : " (open)" : " (closed)"));
            way.stops().forEach(stop -> stop(text, stop));
            way.risks().forEach(risk -> line(text, "  risk    " + risk));
            for (int i = 0; i < way.hops().size(); i++) {
                hop(text, i + 1, way.hops().get(i));
            }
            if (way.isOpen()) {
                line(
                        text,
                        "  takes   about "
                                + duration(way.seconds())
                                + " of work of machines, without the time to think");
            }
        }
        return text.toString();
    }

    private static String name(Way.Kind kind) {
        return switch (kind) {
            case ROLLING -> "Rolling: replace the servers one by one, on their homes";
            case PARALLEL -> "Parallel: fill a new cluster, move the clients";
            case DIRECT -> "Direct: replace the servers by the wanted version at once";
        };
    }

    private static void stop(StringBuilder text, Way.Stop stop) {
        line(text, "  STOP    " + stop.id() + ": " + stop.what());
        line(text, "          instead: " + stop.instead());
    }

    private static void hop(StringBuilder text, int number, Hop hop) {
        line(text, "");
        line(
                text,
                "  "
                        + number
                        + ". "
                        + hop.title()
                        + (hop.seconds() > 0 ? ", about " + duration(hop.seconds()) : "")
                        + (hop.noWayBack() ? "  <- no way back after this" : ""));
        line(text, "     why    " + hop.why());
        lines(text, "     check  ", hop.checks());
        lines(text, "     run    ", hop.commands());
    }

    private static void lines(StringBuilder text, String head, List<String> lines) {
        lines.forEach(line -> line(text, head + line));
    }

    static String duration(long seconds) {
        if (seconds < 90) {
            return seconds + " s";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 90 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
