package dev.catamaran.tool.rebuild;

import dev.catamaran.tool.jraftdisk.LogFacts;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a store still holds all that the rebuild left in it, and only went on from there. */
public final class Continuation {

    private Continuation() {}

    /**
     * What was lost or changed since.
     *
     * @param left the store as the rebuild left it
     * @param now the store now
     * @param where the store, for findings
     */
    public static List<Finding> check(StoreFacts left, StoreFacts now, String where) {
        List<Finding> findings = new ArrayList<>();
        if (!now.isWhole()) {
            now.findings().stream()
                    .filter(finding -> finding.isDamage())
                    .forEach(
                            finding ->
                                    findings.add(
                                            Finding.refuses(
                                                    "damaged-since",
                                                    finding.what(),
                                                    where + ", " + finding.where(),
                                                    finding.todo())));
        }
        if (now.lastIndex() < left.lastIndex()) {
            findings.add(shorter(left, now, where));
        }
        if (term(now) < term(left)) {
            findings.add(
                    lost("the promised term fell from " + term(left) + " to " + term(now), where));
        }
        HomeFacts before = home("as rebuilt, " + where, left);
        HomeFacts after = home("now, " + where, now);
        HistoryChecks.check(GroupView.of(List.of(before, after)).get(0)).stream()
                .forEach(findings::add);
        return findings;
    }

    /** A leader of a later term may have dropped entries that no majority ever had. */
    private static Finding shorter(StoreFacts left, StoreFacts now, String where) {
        String what =
                "the log ends at index "
                        + now.lastIndex()
                        + ", the rebuild left "
                        + left.lastIndex();
        return now.lastTerm() > left.lastTerm()
                ? Finding.warns(
                        "tail-dropped",
                        what + ": a leader of a later term dropped what was not committed",
                        where,
                        "Nothing to do if every home was rebuilt before the first start.")
                : lost(what, where);
    }

    private static HomeFacts home(String name, StoreFacts facts) {
        return new HomeFacts(
                name, Optional.empty(), List.of(facts), new TreeMap<>(), new TreeSet<>());
    }

    private static long term(StoreFacts facts) {
        return facts.vote().map(StoreFacts.Vote::term).orElse(0L);
    }

    private static Finding lost(String what, String where) {
        return Finding.refuses(
                "lost-since",
                what,
                where,
                "Stop this server. If it was started before a majority of its group was rebuilt,"
                        + " restore it from the others.");
    }

    /** How far it went on, for people. */
    public static String progress(StoreFacts left, StoreFacts now) {
        long first = now.log().map(LogFacts::firstIndex).orElse(0L);
        return now.group()
                + ": entries "
                + first
                + ".."
                + now.lastIndex()
                + ", of which all up to "
                + left.lastIndex()
                + " are those of the rebuild"
                + (now.lastIndex() > left.lastIndex()
                        ? " and " + (now.lastIndex() - left.lastIndex()) + " came since"
                        : "");
    }
}
