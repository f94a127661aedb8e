package dev.catamaran.tool.explain;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a server's log: {@code 2026-11-21 22:17:20,492 INFO Downgrade to 1.X}. Stack traces
 * below it are not part of it.
 *
 * @param at time on the clock of the server that wrote it; logs name no zone
 * @param level as written
 * @param message all that follows, cut at {@link #MAX_MESSAGE} characters
 * @param place file name and line number, for the operator to look it up
 */
record LogLine(LocalDateTime at, String level, String message, String place) {

    /** A member event of a large cluster takes tens of thousands of characters. */
    static final int MAX_MESSAGE = 1 << 20;

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})-(\\d{2})-(\\d{2}) (\\d{2}):(\\d{2}):(\\d{2})[,.](\\d{3})"
                            + " +(TRACE|DEBUG|INFO|WARN|ERROR) +(.*)",
                    Pattern.DOTALL);

    /** The entry in a line of text; empty for stack traces, blank lines and other text. */
    static Optional<LogLine> read(String text, String place) {
        if (text.length() < 24 || text.charAt(4) != '-' || text.charAt(10) != ' ') {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int[] n = new int[7];
        for (int i = 0; i < n.length; i++) {
            n[i] = Integer.parseInt(form.group(i + 1));
        }
        if (n[1] < 1 || n[1] > 12 || n[2] < 1 || n[3] > 23 || n[4] > 59 || n[5] > 59) {
            return Optional.empty();
        }
        if (n[2] > java.time.YearMonth.of(n[0], n[1]).lengthOfMonth()) {
            return Optional.empty();
        }
        LocalDateTime at = LocalDateTime.of(n[0], n[1], n[2], n[3], n[4], n[5], n[6] * 1_000_000);
        String message = form.group(9);
        String bounded =
                message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
        return Optional.of(new LogLine(at, form.group(8), bounded, place));
    }
}
