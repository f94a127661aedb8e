package dev.catamaran.tool.rebuild;

import dev.catamaran.tool.jraftdisk.LogFacts;
import dev.catamaran.tool.jraftdisk.LogFacts.BlockHash;
import dev.catamaran.tool.jraftdisk.SnapshotFacts;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the logs of one group tell one history. In Raft two logs that have the same term at an
 * index are equal up to there; anything else is damage, or two clusters (spec: jraft-disk 5.2).
 */
final class HistoryChecks {

    private final GroupView.Store one;
    private final GroupView.Store other;
    private final List<Finding> findings = new ArrayList<>();

    private HistoryChecks(GroupView.Store one, GroupView.Store other) {
        this.one = one;
        this.other = other;
    }

    /** What is wrong between the whole stores of a group. */
    static List<Finding> check(GroupView group) {
        List<Finding> findings = new ArrayList<>();
        List<GroupView.Store> stores = group.whole();
        for (int i = 0; i < stores.size(); i++) {
            for (int j = i + 1; j < stores.size(); j++) {
                HistoryChecks pair = new HistoryChecks(stores.get(i), stores.get(j));
                pair.run();
                findings.addAll(pair.findings);
            }
        }
        return findings;
    }

    private void run() {
        Optional<LogFacts> mine = one.facts().log();
        Optional<LogFacts> theirs = other.facts().log();
        if (mine.isEmpty() || theirs.isEmpty()) {
            return;
        }
        snapshotAgainst(one, other);
        snapshotAgainst(other, one);
        logs(mine.get(), theirs.get());
    }

    private void logs(LogFacts mine, LogFacts theirs) {
        long from = Math.max(mine.firstIndex(), theirs.firstIndex());
        long to = Math.min(mine.lastIndex(), theirs.lastIndex());
        if (from > to) {
            return;
        }
        long agreed = lastAgreement(mine, theirs, from, to);
        if (agreed < from) {
            findings.add(
                    split(
                            "two-clusters",
                            "no entry of "
                                    + from
                                    + ".."
                                    + to
                                    + " has the same term in both logs:"
                                    + " these homes belong to two clusters",
                            "Give the homes of one cluster only."));
            return;
        }
        Optional<Long> broken = disagreementUpTo(mine, theirs, from, agreed);
        if (broken.isPresent()) {
            findings.add(
                    split(
                            "split-history",
                            "the terms differ at index "
                                    + broken.get()
                                    + ", though they agree again at "
                                    + agreed
                                    + ", which no history of one cluster allows",
                            "These homes were mixed up or one was restored from another time."
                                    + " Find the right ones; if one is wrong, leave it out as lost"
                                    + " (--mode survivors)."));
        }
        contents(mine, theirs, agreed);
        diverged(from, to, agreed);
    }

    private void diverged(long from, long to, long agreed) {
        long committed = Math.max(one.facts().committedAtLeast(), other.facts().committedAtLeast());
        if (agreed < to && agreed < committed && committed >= from) {
            findings.add(
                    split(
                            "split-history",
                            "the logs part after index "
                                    + agreed
                                    + ", although a snapshot shows that all up to "
                                    + committed
                                    + " was committed",
                            "One of these homes is from another cluster or another time. Leave"
                                    + " it out as lost (--mode survivors)."));
        } else if (agreed < to) {
            findings.add(
                    Finding.warns(
                            "tails-differ",
                            "the logs part after index "
                                    + agreed
                                    + " (they end at "
                                    + end(one.facts())
                                    + " and "
                                    + end(other.facts())
                                    + "); what follows was not committed by both",
                            both(),
                            "Nothing to do: the election decides, as after any crash."));
        }
    }

    private static String end(StoreFacts facts) {
        return "term " + facts.lastTerm() + " index " + facts.lastIndex();
    }

    /** Indexes at which a term begins in either log: between them nothing changes. */
    private static SortedSet<Long> edges(LogFacts mine, LogFacts theirs, long from, long to) {
        SortedSet<Long> edges = new TreeSet<>();
        edges.add(from);
        edges.add(to);
        for (LogFacts log : List.of(mine, theirs)) {
            for (LogFacts.TermRun run : log.terms()) {
                edges.add(run.firstIndex());
                edges.add(run.firstIndex() - 1);
            }
        }
        edges.removeIf(index -> index < from || index > to);
        return edges;
    }

    private static boolean sameTerm(LogFacts mine, LogFacts theirs, long index) {
        return mine.termAt(index).equals(theirs.termAt(index));
    }

    private static long lastAgreement(LogFacts mine, LogFacts theirs, long from, long to) {
        return edges(mine, theirs, from, to).stream()
                .filter(index -> sameTerm(mine, theirs, index))
                .mapToLong(Long::longValue)
                .max()
                .orElse(from - 1);
    }

    private static Optional<Long> disagreementUpTo(
            LogFacts mine, LogFacts theirs, long from, long agreed) {
        return edges(mine, theirs, from, agreed).stream()
                .filter(index -> !sameTerm(mine, theirs, index))
                .findFirst();
    }

    private void contents(LogFacts mine, LogFacts theirs, long agreed) {
        Map<Long, BlockHash> blocks =
                theirs.blocks().stream()
                        .collect(Collectors.toMap(BlockHash::block, Function.identity()));
        for (BlockHash block : mine.blocks()) {
            BlockHash their = blocks.get(block.block());
            if (their != null
                    && their.first() == block.first()
                    && their.last() == block.last()
                    && block.last() <= agreed
                    && !their.hash().equals(block.hash())) {
                boolean names = their.withoutPeers().equals(block.withoutPeers());
                findings.add(different(block.first(), block.last(), names));
                return;
            }
        }
        tails(mine, theirs, agreed);
    }

    private void tails(LogFacts mine, LogFacts theirs, long agreed) {
        long from = Math.max(mine.tail().firstIndex(), theirs.tail().firstIndex());
        for (long index = from; index <= agreed; index++) {
            Optional<String> a = hash(mine.tail(), index);
            Optional<String> b = hash(theirs.tail(), index);
            if (a.isPresent() && b.isPresent() && !a.equals(b)) {
                findings.add(different(index, index, false));
                return;
            }
        }
    }

    private static Optional<String> hash(LogFacts.Tail tail, long index) {
        long at = index - tail.firstIndex();
        return at >= 0 && at < tail.hashes().size()
                ? Optional.of(tail.hashes().get((int) at))
                : Optional.empty();
    }

    private Finding different(long first, long last, boolean onlyNames) {
        return onlyNames
                ? split(
                        "half-renamed",
                        "entries "
                                + first
                                + ".."
                                + last
                                + " differ in the names of members only:"
                                + " one of these homes was renamed before",
                        "Undo that rename first (rebuild undo), or leave the home out as lost"
                                + " (--mode survivors).")
                : split(
                        "contents-differ",
                        "entries "
                                + first
                                + ".."
                                + last
                                + " have equal terms and different"
                                + " contents: one log is damaged below its checksums, or two"
                                + " clusters are mixed",
                        "Compare with a third home; leave the odd one out as lost (--mode"
                                + " survivors).");
    }

    private void snapshotAgainst(GroupView.Store holder, GroupView.Store log) {
        Optional<SnapshotFacts> snapshot = holder.facts().snapshot();
        Optional<Long> term =
                snapshot.flatMap(it -> log.facts().log().flatMap(l -> l.termAt(it.index())));
        if (term.isPresent() && term.get() != snapshot.get().term() && term.get() != 0) {
            findings.add(
                    split(
                            "snapshot-disagrees",
                            "the snapshot of "
                                    + holder.home().home()
                                    + " ends with term "
                                    + snapshot.get().term()
                                    + " at index "
                                    + snapshot.get().index()
                                    + ", the log of "
                                    + log.home().home()
                                    + " has term "
                                    + term.get()
                                    + " there",
                            "These homes belong to two clusters or to two times; give those of"
                                    + " one."));
        }
    }

    private Finding split(String code, String what, String todo) {
        return Finding.refuses(code, what, both(), todo);
    }

    private String both() {
        return one.where() + " and " + other.home().home();
    }
}
