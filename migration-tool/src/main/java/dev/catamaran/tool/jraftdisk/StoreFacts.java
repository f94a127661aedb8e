package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything known of one group's store without its payloads. Small enough to travel as JSON, and
 * enough to judge several stores of a group together (spec: jraft-disk 5.1, 5.2).
 *
 * @param group name of the group, as its folder is called
 * @param rocksdbVersion version that wrote the log last, as its newest options file says; empty if
 *     unknown
 * @param log the log; empty if it could not be read at all
 * @param vote term and vote; empty if there is no readable raft_meta
 * @param snapshots snapshots, the newest first; a running server uses the newest only
 * @param findings what is wrong, in the order it was found
 */
public record StoreFacts(
        String group,
        String rocksdbVersion,
        Optional<LogFacts> log,
        Optional<Vote> vote,
        List<SnapshotFacts> snapshots,
        List<StoreFinding> findings) {

    public StoreFacts {
        requireNonNull(group, "group is null");
        requireNonNull(rocksdbVersion, "rocksdbVersion is null");
        requireNonNull(log, "log is null");
        requireNonNull(vote, "vote is null");
        snapshots = List.copyOf(snapshots);
        findings = List.copyOf(findings);
    }

    /**
     * What the node has promised (raft_meta).
     *
     * @param term its term
     * @param votedFor whom it voted for in that term; empty for nobody
     */
    public record Vote(long term, Optional<Peer> votedFor) {
        public Vote {
            requireNonNull(votedFor, "votedFor is null");
        }
    }

    /** The snapshot a server would load. */
    public Optional<SnapshotFacts> snapshot() {
        return snapshots.stream().findFirst();
    }

    /**
     * An index up to which everything is known to be committed: that of the snapshot, 0 without
     * one. JRaft does not store how far it had committed.
     */
    public long committedAtLeast() {
        return snapshot().map(SnapshotFacts::index).orElse(0L);
    }

    /** Index of the last entry, or of the snapshot if the log ends there; 0 if there is nothing. */
    public long lastIndex() {
        return Math.max(committedAtLeast(), log.map(LogFacts::lastIndex).orElse(0L));
    }

    /** Term of {@link #lastIndex}; 0 if there is nothing. */
    public long lastTerm() {
        long inLog = log.filter(facts -> facts.count() > 0).map(LogFacts::lastTerm).orElse(0L);
        return Math.max(inLog, snapshot().map(SnapshotFacts::term).orElse(0L));
    }

    /** The configuration a server would start with; empty if the store names none. */
    public Optional<Configuration> configuration() {
        return log.flatMap(LogFacts::lastConfiguration)
                .or(() -> snapshot().map(SnapshotFacts::configuration));
    }

    /** Every member named anywhere in the store: the names a renaming must cover. */
    public SortedSet<Peer> peers() {
        SortedSet<Peer> all = new TreeSet<>();
        log.ifPresent(facts -> facts.configurations().forEach(c -> all.addAll(c.members().all())));
        snapshots.forEach(snapshot -> all.addAll(snapshot.configuration().all()));
        vote.flatMap(Vote::votedFor).ifPresent(peer -> all.add(peer));
        return all;
    }

    /** Whether the store is whole: a damaged one counts as lost and must not vote. */
    public boolean isWhole() {
        return findings.stream().noneMatch(StoreFinding::isDamage);
    }
}
