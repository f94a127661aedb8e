package dev.catamaran.tool.report;

import java.util.List;
import java.util.Locale;

/**
 * Draws the timeline: phases as bands, writes per second as bars (acknowledged upwards, refused and
 * unknown below the axis), the mirror's lag as a line, kills and orders as marks.
 */
final class TimelineSvg {

    private static final int WIDTH = 1160;
    private static final int LEFT = 56;
    private static final int RIGHT = 12;
    private static final int BAND_TOP = 8;
    private static final int BAND_HEIGHT = 26;
    private static final int WRITES_TOP = 78;
    private static final int WRITES_HEIGHT = 150;
    private static final int BELOW_HEIGHT = 50;
    private static final int LAG_TOP = 306;
    private static final int LAG_HEIGHT = 60;
    private static final int HEIGHT = 400;
    private static final int MARK_ROWS = 3;

    private final Timeline timeline;
    private final StringBuilder svg = new StringBuilder();

    private TimelineSvg(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The drawing as one {@code svg} element without outside references. */
    static String of(Timeline timeline) {
        return new TimelineSvg(timeline).draw();
    }

    private String draw() {
        add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"timeline of the rehearsal\">",
                WIDTH, HEIGHT);
        bands();
        marks();
        writes();
        lag();
        axis();
        svg.append("</svg>\n");
        return svg.toString();
    }

    private void bands() {
        for (Timeline.Band band : timeline.bands()) {
            double from = x(band.fromMs());
            double width = Math.max(1, x(band.untilMs()) - from);
            String phase = Html.escape(band.phase());
            add(
                    "<rect class=\"phase %s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\">"
                            + "<title>%s</title></rect>",
                    phase.toLowerCase(Locale.ROOT), from, BAND_TOP, width, BAND_HEIGHT, phase);
            if (width > 9.0 * band.phase().length()) {
                add(
                        "<text class=\"in\" x=\"%.1f\" y=\"%d\">%s</text>",
                        from + width / 2, BAND_TOP + 17, phase);
            }
        }
    }

    private void marks() {
        int row = 0;
        for (Timeline.Mark mark : timeline.marks()) {
            double at = x(mark.atMs());
            String kind = mark.kind().name().toLowerCase(Locale.ROOT);
            add(
                    "<line class=\"mark %s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"><title>%s"
                            + "</title></line>",
                    kind,
                    at,
                    BAND_TOP + BAND_HEIGHT,
                    at,
                    LAG_TOP + LAG_HEIGHT,
                    Html.escape(TextReport.seconds(mark.atMs()) + " " + mark.text()));
            if (mark.kind() != Timeline.Mark.Kind.READY) {
                add(
                        "<text class=\"label %s\" x=\"%.1f\" y=\"%d\">%s</text>",
                        kind,
                        at + 3,
                        BAND_TOP + BAND_HEIGHT + 11 + 11 * row,
                        Html.escape(mark.text()));
                row = (row + 1) % MARK_ROWS;
            }
        }
    }

    private void writes() {
        List<Timeline.Second> seconds = timeline.seconds();
        long most = seconds.stream().mapToLong(Timeline.Second::acknowledged).max().orElse(0);
        long mostBad = seconds.stream().mapToLong(s -> s.refused() + s.unknown()).max().orElse(0);
        double zero = WRITES_TOP + WRITES_HEIGHT;
        for (int i = 0; i < seconds.size(); i++) {
            Timeline.Second second = seconds.get(i);
            double from = x(i * 1000L);
            double width = Math.max(0.8, x((i + 1) * 1000L) - from - 0.6);
            double up = most == 0 ? 0 : WRITES_HEIGHT * (double) second.acknowledged() / most;
            bar("ack", from, zero - up, width, up, second.acknowledged() + " acknowledged", i);
            double refused = mostBad == 0 ? 0 : BELOW_HEIGHT * (double) second.refused() / mostBad;
            bar("ref", from, zero + 1, width, refused, second.refused() + " refused", i);
            double unknown = mostBad == 0 ? 0 : BELOW_HEIGHT * (double) second.unknown() / mostBad;
            bar("unk", from, zero + 1 + refused, width, unknown, second.unknown() + " unknown", i);
        }
        label(WRITES_TOP + 8, most + "/s");
        label(WRITES_TOP + WRITES_HEIGHT / 2, "acked");
        label((int) zero + BELOW_HEIGHT / 2 + 4, "not");
        label((int) zero + BELOW_HEIGHT + 4, mostBad + "/s");
        add(
                "<line class=\"axis\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
                LEFT, zero, WIDTH - RIGHT, zero);
    }

    private void bar(
            String kind, double x, double y, double width, double height, String text, int second) {
        if (height > 0) {
            add(
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                            + "<title>second %d: %s</title></rect>",
                    kind, x, y, width, height, second, text);
        }
    }

    private void lag() {
        long most = timeline.lag().stream().mapToLong(Timeline.LagSample::records).max().orElse(0);
        StringBuilder points = new StringBuilder();
        for (Timeline.LagSample sample : timeline.lag()) {
            double up = most == 0 ? 0 : LAG_HEIGHT * (double) sample.records() / most;
            points.append(
                    String.format(
                            Locale.ROOT,
                            "%.1f,%.1f ",
                            x(sample.atMs()),
                            LAG_TOP + LAG_HEIGHT - up));
        }
        add("<polyline class=\"lag\" points=\"%s\"/>", points.toString().strip());
        label(LAG_TOP + 8, Long.toString(most));
        label(LAG_TOP + LAG_HEIGHT, "lag");
    }

    private void axis() {
        int bottom = LAG_TOP + LAG_HEIGHT;
        add(
                "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                LEFT, bottom, WIDTH - RIGHT, bottom);
        long everyMs = timeline.endMs() > 120_000 ? 20_000 : 5_000;
        for (long at = 0; at <= timeline.endMs(); at += everyMs) {
            add(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%d s</text>",
                    x(at), bottom + 16, at / 1000);
        }
    }

    private void label(int y, String text) {
        add("<text class=\"side\" x=\"%d\" y=\"%d\">%s</text>", LEFT - 6, y, Html.escape(text));
    }

    private double x(long atMs) {
        double share = timeline.endMs() == 0 ? 0 : (double) atMs / timeline.endMs();
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private void add(String format, Object... parts) {
        svg.append(String.format(Locale.ROOT, format, parts)).append('\n');
    }
}
