package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeMemory.OldSince;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long, and by how many words, a member has been seen as old by a majority of our members. One
 * look in which it is not starts the count again (rule 2).
 */
final class Dwell {

    private Dwell() {}

    /** The memory after one more look at the members. */
    static JudgeMemory look(
            JudgeMemory memory, long nowMs, ClusterView cluster, JudgeSettings settings) {
        SortedMap<String, OldSince> old = new TreeMap<>();
        for (MemberEvidence member : cluster.members()) {
            if (counts(member, cluster, settings)) {
                OldSince before = memory.oldSince().get(member.address());
                long wordAtMs = nowMs - member.word().orElseThrow().ageMs();
                old.put(member.address(), next(before, nowMs, wordAtMs, settings));
            }
        }
        return memory.withOld(old);
    }

    private static boolean counts(
            MemberEvidence member, ClusterView cluster, JudgeSettings settings) {
        return Standing.of(member, settings, cluster) == Standing.OLD
                && cluster.majoritySaysOld(member);
    }

    /**
     * Two looks at one word may date it some ms apart: words are half an interval apart at least.
     */
    private static OldSince next(
            @Nullable OldSince before, long nowMs, long wordAtMs, JudgeSettings settings) {
        if (before == null || before.seenMs() > nowMs) {
            return new OldSince(nowMs, nowMs, wordAtMs, 1);
        }
        boolean newWord = wordAtMs - before.wordAtMs() > settings.reportIntervalMs() / 2;
        return new OldSince(
                before.sinceMs(),
                nowMs,
                newWord ? wordAtMs : before.wordAtMs(),
                newWord ? before.words() + 1 : before.words());
    }

    /**
     * Whether {@code member} is proved old: seen as such now, and by a majority of our members for
     * the dwell time by enough words.
     */
    static boolean proved(MemberEvidence member, Situation situation) {
        JudgeSettings settings = situation.settings();
        Optional<OldSince> since =
                Optional.ofNullable(situation.memory().oldSince().get(member.address()));
        return counts(member, situation.cluster(), settings)
                && since.isPresent()
                && since.get().seenMs() - since.get().sinceMs() >= settings.dwellMs()
                && since.get().words() >= settings.dwellReports();
    }
}
