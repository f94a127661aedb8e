package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Outcome;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.registry.v1.LegacyKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes at a leader of ours (spec: legacy-raft 4.1, 4.3). */
final class Publishing {

    /** Changes that wait at once; more are refused, nothing is queued unbounded. */
    static final int MAX_WAITING = 1_000;

    /** Timestamps start at the leader's term times this: later leaders count higher. */
    private static final int TERM_SHIFT = 20;

    private static final String NO_MAJORITY =
            "data publish failed, caused failed to notify majority";

    private Publishing() {}

    static void onWanted(Work work, Event.ChangeWanted wanted) {
        Lead lead = work.lead;
        if (lead == null || !lead.serving) {
            work.end(
                    wanted.opId(),
                    new Outcome.NotNow("this member does not lead the legacy raft, or not yet"));
            return;
        }
        if (work.has(Defence.LEASE)
                && !Ruling.answeredWithin(work, lead, 2 * work.core().beatIntervalMs() + 1_000)) {
            work.end(wanted.opId(), new Outcome.NotNow("no majority answers this leader"));
            return;
        }
        if (lead.ops.size() + lead.queue.size() >= MAX_WAITING) {
            work.end(
                    wanted.opId(),
                    new Outcome.NotNow(MAX_WAITING + " changes already wait for a majority"));
            return;
        }
        Lead.Queued queued =
                new Lead.Queued(
                        wanted.opId(),
                        wanted.key(),
                        wanted.value(),
                        work.nowMs + work.core().publishTimeoutMs());
        if (mustWait(work, lead, wanted.key())) {
            lead.queue.add(queued);
        } else {
            carryOut(work, lead, queued);
        }
    }

    /** 1.x has one lock for all keys, held for up to 5 s. */
    private static boolean mustWait(Work work, Lead lead, String key) {
        return work.has(Defence.KEY_BY_KEY)
                ? lead.ops.values().stream().anyMatch(op -> op.key().equals(key))
                        || lead.queue.stream().anyMatch(queued -> queued.key().equals(key))
                : !lead.ops.isEmpty();
    }

    private static void carryOut(Work work, Lead lead, Lead.Queued queued) {
        String key = queued.key();
        if (queued.value().isPresent()) {
            long timestamp = nextTimestamp(work, lead, key);
            work.put(key, queued.value().get(), timestamp);
            Datum datum = new Datum(key, queued.value().get(), timestamp, number(lead.numbers + 1));
            send(work, lead, queued, new Change.Put(datum));
        } else {
            long timestamp = nextTimestamp(work, lead, key);
            work.delete(key, timestamp);
            Tombstone gone = new Tombstone(key, timestamp, number(lead.numbers + 1));
            send(work, lead, queued, new Change.Delete(gone));
            deleteInstances(work, lead, key);
        }
    }

    static long nextTimestamp(Work work, Lead lead, String key) {
        if (!work.has(Defence.RISING_TIMESTAMPS)) {
            return work.held.datums().get(key).map(Datum::timestamp).orElse(0L) + 1;
        }
        return Math.max(work.held.lastTimestamp(key) + 1, lead.term << TERM_SHIFT);
    }

    /** The switches, whose timestamp real followers must not fetch over (9.1 D7), go by commit. */
    private static void send(Work work, Lead lead, Lead.Queued queued, Change change) {
        RaftPeer source = work.self();
        lead.numbers++;
        lead.ops.put(
                lead.numbers,
                new Lead.Op(
                        lead.numbers,
                        queued.opId(),
                        queued.key(),
                        true,
                        Set.of(work.me()),
                        queued.deadlineMs()));
        for (String member : work.others()) {
            work.emit(new Effect.SendCommit(member, source, change));
        }
        endIfDone(work, lead, lead.numbers);
    }

    /** On a leader the cascade is broadcast (4.3); nobody waits for it. */
    private static void deleteInstances(Work work, Lead lead, String metaKey) {
        if (!metaKey.startsWith(LegacyKey.META_PREFIX)) {
            return;
        }
        String list = LegacyKey.LIST_PREFIX + metaKey.substring(LegacyKey.META_PREFIX.length());
        if (work.held.datums().get(list).isPresent()) {
            long timestamp = nextTimestamp(work, lead, list);
            work.delete(list, timestamp);
            lead.numbers++;
            Change gone = new Change.Delete(new Tombstone(list, timestamp, number(lead.numbers)));
            RaftPeer source = work.self();
            for (String member : work.others()) {
                work.emit(new Effect.SendCommit(member, source, gone));
            }
        }
    }

    /** Tells answers apart; it is no version, and real servers do not read it. */
    private static Position number(long number) {
        return new Position(0, number);
    }

    static void onAnswered(Work work, Event.CommitAnswered answered) {
        Lead lead = work.lead;
        if (lead == null || !answered.accepted() || !work.isMember(answered.member())) {
            return;
        }
        lead.answeredMs.put(answered.member(), work.nowMs);
        long number = answered.position().index();
        Lead.Op op = lead.ops.get(number);
        if (op != null) {
            Set<String> acks = new HashSet<>(op.acks());
            acks.add(answered.member());
            lead.ops.put(
                    number,
                    new Lead.Op(number, op.opId(), op.key(), op.wished(), acks, op.deadlineMs()));
            endIfDone(work, lead, number);
        }
    }

    private static void endIfDone(Work work, Lead lead, long number) {
        Lead.Op op = Optional.ofNullable(lead.ops.get(number)).orElseThrow();
        long acks = op.acks().stream().filter(work::isMember).count();
        if (acks >= work.majority()) {
            lead.ops.remove(number);
            work.end(op.opId(), new Outcome.Committed(Progress.position(lead.term, number)));
            next(work, lead);
            Ruling.endProofs(work, lead);
        }
    }

    /** Carries out what waited for keys that are free now, each key in its order. */
    private static void next(Work work, Lead lead) {
        List<Lead.Queued> waiting = List.copyOf(lead.queue);
        lead.queue.clear();
        for (Lead.Queued queued : waiting) {
            if (mustWait(work, lead, queued.key())) {
                lead.queue.add(queued);
            } else {
                carryOut(work, lead, queued);
            }
        }
    }

    static void expire(Work work, Lead lead) {
        lead.queue.removeIf(
                queued -> {
                    boolean late = queued.deadlineMs() <= work.nowMs;
                    if (late) {
                        work.end(
                                queued.opId(),
                                new Outcome.NotNow("another change of its key took too long"));
                    }
                    return late;
                });
        boolean freed =
                lead.ops
                        .values()
                        .removeIf(
                                op -> {
                                    boolean late = op.deadlineMs() <= work.nowMs;
                                    if (late) {
                                        work.end(op.opId(), new Outcome.Unknown(NO_MAJORITY));
                                    }
                                    return late;
                                });
        if (freed) {
            next(work, lead);
        }
        Ruling.endProofs(work, lead);
    }
}
