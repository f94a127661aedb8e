package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeMemory.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Since when each reason that holds the cluster has stood without a break. */
final class Since {

    private Since() {}

    /** The memory after a look that gave {@code reasons}: what is gone now is forgotten. */
    static JudgeMemory look(JudgeMemory memory, long nowMs, List<Reason> reasons) {
        Map<Subject, Long> standing = new HashMap<>();
        for (Reason reason : reasons) {
            Subject subject = Subject.of(reason);
            standing.put(subject, Math.min(nowMs, memory.standing().getOrDefault(subject, nowMs)));
        }
        return memory.withStanding(standing);
    }

    /** The reasons with the time each has stood since, where it is known. */
    static List<Reason> stamp(JudgeMemory memory, List<Reason> reasons) {
        return reasons.stream().map(reason -> stamp(memory, reason)).toList();
    }

    private static Reason stamp(JudgeMemory memory, Reason reason) {
        Long sinceMs = memory.standing().get(Subject.of(reason));
        return sinceMs == null || reason.sinceMs().isPresent() ? reason : reason.since(sinceMs);
    }
}
