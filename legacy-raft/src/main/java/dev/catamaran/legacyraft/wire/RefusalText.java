package dev.catamaran.legacyraft.wire;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What real servers say when they refuse (spec: legacy-raft 1.5). */
public final class RefusalText {

    private static final Pattern BEAT_TO_TERM = Pattern.compile("beat-to-term: (\\d{1,18})");

    private RefusalText() {}

    /** The term of a member that refused a beat as out of date; empty for other refusals. */
    public static OptionalLong beatToTerm(String body) {
        Matcher found = BEAT_TO_TERM.matcher(body);
        return found.find()
                ? OptionalLong.of(Long.parseLong(found.group(1)))
                : OptionalLong.empty();
    }
}
