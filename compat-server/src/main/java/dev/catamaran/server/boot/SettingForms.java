package dev.catamaran.server.boot;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values of settings are written. Pure. */
final class SettingForms {

    static final String DURATION = "a whole number with ms, s or m, like 500ms or 2s";

    /** Nothing a member waits for is shorter or longer than this. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern DURATION_TEXT = Pattern.compile("(\\d{1,9})(ms|s|m)");
    private static final Pattern ADDRESS_TEXT =
            Pattern.compile("([0-9A-Za-z.\\-]{1,253}):(\\d{1,5})");

    /** The raft endpoint stands 1000 below the HTTP port, gRPC 1000 and 1001 above. */
    private static final int LOWEST_PORT = 1001;

    private static final int HIGHEST_PORT = 65_535 - 1001;

    private SettingForms() {}

    /**
     * An address in the form in which members know each other.
     *
     * @param host address or host name, as written
     * @param port HTTP port
     */
    record Address(String host, int port) {
        String text() {
            return host + ":" + port;
        }
    }

    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION_TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    default -> Duration.ofMinutes(count);
                };
        boolean inRange = duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0;
        return inRange ? Optional.of(duration) : Optional.empty();
    }

    static Optional<Address> address(String text) {
        Matcher matcher = ADDRESS_TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return port < LOWEST_PORT || port > HIGHEST_PORT
                ? Optional.empty()
                : Optional.of(new Address(matcher.group(1), port));
    }

    /** The known text with the fewest letters to change. */
    static String nearest(String text, Collection<String> known) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(text, candidate);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int replaced = previous[j - 1] + change;
                current[j] = Math.min(Math.min(previous[j], current[j - 1]) + 1, replaced);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
