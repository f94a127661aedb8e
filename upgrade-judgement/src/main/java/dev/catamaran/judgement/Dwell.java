package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeMemory.OldSince;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long, and by how many words, a member has been seen as old. One look in which it is not seen
 * as old starts the count again.
 */
final class Dwell {

    private Dwell() {}

    /** The memory after one more look at the members. */
    static JudgeMemory look(
            JudgeMemory memory, long nowMs, ClusterView cluster, JudgeSettings settings) {
        SortedMap<String, OldSince> old = new TreeMap<>();
        for (MemberEvidence member : cluster.members()) {
            if (Standing.of(member, settings, cluster.majority()) == Standing.OLD) {
                OldSince before = memory.oldSince().get(member.address());
                long wordAtMs = nowMs - member.reportAgeMs().orElse(0);
                old.put(member.address(), next(before, nowMs, wordAtMs, settings));
            }
        }
        return memory.withOld(old);
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
     * Whether {@code member} is proved old: seen as such for the dwell time, by enough words, and
     * by a majority of our members.
     */
    static boolean proved(MemberEvidence member, Situation situation) {
        if (!seenOld(member, situation)) {
            return false;
        }
        Optional<OldSince> since =
                Optional.ofNullable(situation.memory().oldSince().get(member.address()));
        return since.isPresent()
                && since.get().seenMs() - since.get().sinceMs() >= situation.settings().dwellMs()
                && since.get().words() >= situation.settings().dwellReports()
                && member.sightings().old() >= situation.cluster().majority();
    }

    static boolean seenOld(MemberEvidence member, Situation situation) {
        return Standing.of(member, situation.settings(), situation.cluster().majority())
                == Standing.OLD;
    }
}
