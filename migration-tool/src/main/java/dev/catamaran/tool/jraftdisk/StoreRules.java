package dev.catamaran.tool.jraftdisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How log, vote and snapshot of one store must fit together (spec: jraft-disk 2, 5.1). */
final class StoreRules {

    private static final String LOST =
            "This store counts as lost: do not let it vote. Keep the folder, and use the other"
                    + " members.";

    private StoreRules() {}

    /** What does not fit. */
    static List<StoreFinding> check(StoreFacts facts) {
        List<StoreFinding> findings = new ArrayList<>();
        if (facts.log().isEmpty()) {
            return findings;
        }
        LogFacts log = facts.log().get();
        if (facts.vote().isPresent() && facts.vote().get().term() < log.lastTerm()) {
            add(
                    findings,
                    StoreFinding.Kind.TERM_BEHIND_LOG,
                    "raft_meta",
                    "the promised term "
                            + facts.vote().get().term()
                            + " is below the last entry's "
                            + log.lastTerm());
        }
        long covered = facts.committedAtLeast();
        if (log.firstIndex() - 1 > covered) {
            add(
                    findings,
                    StoreFinding.Kind.SNAPSHOT_GAP,
                    "index " + (covered + 1),
                    "the log begins at "
                            + log.firstIndex()
                            + (covered == 0
                                    ? " and there is no snapshot of what came before"
                                    : ", the snapshot ends at " + covered));
        }
        facts.snapshot().ifPresent(snapshot -> sameTerm(snapshot, log, findings));
        return findings;
    }

    private static void sameTerm(
            SnapshotFacts snapshot, LogFacts log, List<StoreFinding> findings) {
        Optional<Long> inLog = log.termAt(snapshot.index());
        if (inLog.isPresent() && inLog.get() != snapshot.term()) {
            add(
                    findings,
                    StoreFinding.Kind.SNAPSHOT_GAP,
                    "index " + snapshot.index(),
                    "the snapshot says term " + snapshot.term() + ", the log says " + inLog.get());
        }
    }

    private static void add(
            List<StoreFinding> findings, StoreFinding.Kind kind, String where, String what) {
        findings.add(new StoreFinding(kind, where, what, LOST));
    }
}
