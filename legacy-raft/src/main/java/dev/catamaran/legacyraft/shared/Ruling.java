package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Outcome;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a leader of ours begins, beats and ends (spec: legacy-raft 3.5, 9.1 D1, 9.3). */
final class Ruling {

    /** Pause before a voter that did not answer is asked again for what it holds. */
    private static final long ASK_AGAIN_MS = 1_000;

    /** Followers fetch what is raised; real ones take a while over a thousand keys. */
    private static final int MAX_LEVELLED = 1_000;

    /** Ten publishes: as far as a real server comes before it hears of its successor. */
    private static final long REAL_QUEUE_TERMS = 1_000;

    private Ruling() {}

    static void begin(Work work) {
        Lead lead = new Lead(work.held.term(), work.nowMs);
        work.lead = lead;
        work.role = RaftPeer.State.LEADER;
        work.leader = Optional.of(work.me());
        work.leaderTerm = lead.term;
        work.fromLeader = KeyMap.empty();
        work.progress.stopsAwaiting();
        work.asked.clear();
        if (work.heldBack != null) {
            work.note("held-back-kept keys=" + work.heldBack.keys().size());
            work.heldBack = null;
        }
        lead.gathered.add(work.me());
        work.votes.forEach(voter -> lead.answeredMs.put(voter, work.nowMs));
        work.note("leader-elected term=" + lead.term + " votes=" + work.votes.size());
        for (String voter : work.others()) {
            if (work.votes.contains(voter)) {
                gather(work, lead, voter);
            }
        }
        serveIfGathered(work, lead);
    }

    /** Asks a voter what it holds: it follows no older leader any more. */
    static void gather(Work work, Lead lead, String voter) {
        if (!lead.gathered.contains(voter) && !lead.awaited.containsKey(voter)) {
            lead.awaited.put(voter, Integer.MAX_VALUE);
            work.emit(new Effect.AskServices(voter));
        }
    }

    /**
     * A follower whose copy has a timestamp not below ours would never fetch ours (9.1 D4): ours is
     * raised above it.
     */
    static void level(Work work, Lead lead, Datum theirs) {
        Optional<Datum> own = work.held.datums().get(theirs.key());
        if (own.isEmpty() || !work.has(Defence.RISING_TIMESTAMPS)) {
            return;
        }
        Datum ours = own.get();
        boolean hidden =
                theirs.timestamp() > ours.timestamp()
                        || (theirs.timestamp() == ours.timestamp()
                                && !theirs.value().equals(ours.value()));
        if (hidden && lead.levelled < MAX_LEVELLED) {
            lead.levelled++;
            long timestamp =
                    Math.max(
                            Publishing.nextTimestamp(work, lead, ours.key()),
                            theirs.timestamp() + 1);
            work.put(ours.key(), ours.value(), timestamp);
        }
    }

    static void gathered(Work work, Lead lead, String voter) {
        lead.awaited.remove(voter);
        lead.gathered.add(voter);
        serveIfGathered(work, lead);
    }

    private static void serveIfGathered(Work work, Lead lead) {
        if (!lead.serving && lead.gathered.size() >= work.majority()) {
            lead.serving = true;
            work.asked.values().removeIf(one -> one.purpose() == Work.Purpose.GATHER);
            work.note("leader-ready term=" + lead.term + " keys=" + work.held.datums().size());
            work.emit(new Effect.LeadershipReady(lead.term));
            newRound(work, lead);
        }
    }

    static void onTick(Work work, Lead lead) {
        if (work.has(Defence.LEASE) && !hasQuorum(work, lead)) {
            work.stepDown("no majority answered for " + work.core().leaderTimeoutMs() + " ms");
            return;
        }
        work.resetLeaderDue();
        Publishing.expire(work, lead);
        expireProofs(work, lead);
        askAgain(work, lead);
        if (!lead.serving) {
            gatherOn(work, lead);
        } else if (work.heartbeatDueMs <= 0) {
            newRound(work, lead);
        }
    }

    /** Those who did not say what they have may be asked again. */
    private static void askAgain(Work work, Lead lead) {
        if (work.nowMs - lead.lookedMs >= ASK_AGAIN_MS) {
            lead.lookedMs = work.nowMs;
            lead.awaited.values().removeIf(left -> left == Integer.MAX_VALUE);
        }
    }

    private static void gatherOn(Work work, Lead lead) {
        if (work.nowMs - lead.sinceMs > work.core().gatherTimeoutMs()) {
            work.stepDown("what a majority holds could not be read in time");
            return;
        }
        for (String voter : work.others()) {
            if (work.votes.contains(voter)) {
                gather(work, lead, voter);
            }
        }
    }

    static boolean hasQuorum(Work work, Lead lead) {
        return answeredWithin(work, lead, work.core().leaderTimeoutMs());
    }

    /** Whether a majority, self included, answered lately. */
    static boolean answeredWithin(Work work, Lead lead, long withinMs) {
        long heard =
                work.others().stream()
                        .filter(member -> answered(work, lead, member, withinMs))
                        .count();
        return heard + 1 >= work.majority();
    }

    private static boolean answered(Work work, Lead lead, String member, long withinMs) {
        return work.nowMs - lead.answeredMs.getOrDefault(member, Long.MIN_VALUE / 2) < withinMs;
    }

    /** Members that answered lately, and not as one of ours. */
    static int realFollowers(Work work, Lead lead) {
        long withinMs = work.core().leaderTimeoutMs();
        return (int)
                work.others().stream()
                        .filter(member -> answered(work, lead, member, withinMs))
                        .filter(member -> work.seen.containsKey(member))
                        .filter(member -> work.seen.get(member).pledge().isEmpty())
                        .count();
    }

    /** A beat names every key: what it leaves out is deleted everywhere (9.3). */
    static void newRound(Work work, Lead lead) {
        lead.round++;
        work.heartbeatDueMs = work.core().beatIntervalMs();
        List<Beat.Item> items = new ArrayList<>(work.held.datums().size());
        work.held
                .datums()
                .forEach(
                        (key, datum) ->
                                items.add(new Beat.Item(key, datum.timestamp(), Position.NONE)));
        Beat beat = new Beat(work.self(), items);
        for (String member : work.others()) {
            work.emit(new Effect.SendBeat(member, lead.round, beat));
        }
        endProofs(work, lead);
    }

    static void onBeatAnswered(Work work, Event.BeatAnswered answered) {
        RaftPeer peer = answered.peer();
        Lead lead = work.lead;
        if (!work.isMember(peer.ip()) || !peer.ip().equals(answered.member())) {
            return;
        }
        work.seen.put(peer.ip(), peer);
        if (lead == null) {
            return;
        }
        if (peer.term() > lead.term && work.has(Defence.LEASE)) {
            overtaken(work, peer.ip(), peer.term(), peer.pledge().isEmpty());
            return;
        }
        lead.answeredMs.put(peer.ip(), work.nowMs);
        lead.answeredRound.merge(peer.ip(), answered.round(), Math::max);
        if (lead.serving) {
            gather(work, lead, peer.ip());
        }
        endProofs(work, lead);
    }

    static void onBeatRefused(Work work, Event.BeatRefused refused) {
        Lead lead = work.lead;
        if (lead != null && refused.term() > lead.term && work.has(Defence.LEASE)) {
            overtaken(work, refused.member(), refused.term(), true);
        }
    }

    /**
     * Somebody is further: a new election, soon, must be above it. A real server that was deposed
     * works off its queue and adds 100 with each entry until a beat that it believes reaches it.
     */
    private static void overtaken(Work work, String member, long term, boolean real) {
        work.stepDown(member + " is in term " + term);
        if (term <= work.held.term() + Work.MAX_TERM_JUMP) {
            work.passedTerm = Math.max(work.passedTerm, term + (real ? REAL_QUEUE_TERMS : 0));
            work.leaderDueMs = work.core().beatIntervalMs() / 5;
        }
    }

    static void onConfirm(Work work, Event.ConfirmWanted wanted) {
        Lead lead = work.lead;
        if (lead == null || !lead.serving) {
            work.end(
                    wanted.opId(), new Outcome.NotNow("this member does not lead the legacy raft"));
            return;
        }
        lead.proofs.add(
                new Lead.Proof(
                        wanted.opId(),
                        lead.round + 1,
                        Progress.position(lead.term, lead.numbers),
                        work.nowMs + wanted.timeoutMs()));
        newRound(work, lead);
    }

    /** Ends the proofs that a majority has given and for which nothing earlier is open. */
    static void endProofs(Work work, Lead lead) {
        lead.proofs.removeIf(
                proof -> {
                    long proved =
                            lead.answeredRound.values().stream()
                                    .filter(round -> round >= proof.round())
                                    .count();
                    boolean done =
                            proved + 1 >= work.majority() && !lead.hasOpenBefore(proof.opId());
                    if (done) {
                        work.end(proof.opId(), new Outcome.Committed(proof.position()));
                    }
                    return done;
                });
    }

    private static void expireProofs(Work work, Lead lead) {
        lead.proofs.removeIf(
                proof -> {
                    boolean late = proof.deadlineMs() <= work.nowMs;
                    if (late) {
                        work.end(proof.opId(), new Outcome.NotNow("no majority answered in time"));
                    }
                    return late;
                });
    }
}
