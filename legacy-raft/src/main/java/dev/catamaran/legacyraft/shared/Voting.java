package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.RaftPeer;
import java.util.Optional;

/** Who becomes leader (spec: legacy-raft 3.2 to 3.4). */
final class Voting {

    /** How long an empty member waits for the others to say what they have. */
    private static final long LOOK_MS = 2_000;

    /** How often in a row a candidate is denied a vote because of a live leader. */
    private static final int MAX_DENIED = 2;

    /** How often an empty member leaves it to the others that have records. */
    private static final int MAX_LOOKS = 3;

    private Voting() {}

    static void campaign(Work work) {
        work.resetLeaderDue();
        if (!work.isMember(work.me()) || mustLookFirst(work)) {
            return;
        }
        // beats do not raise a follower's term in 1.x, so the leader's may be ahead of ours
        long term = nextTerm(work);
        work.leader = Optional.empty();
        work.vote(term, Optional.of(work.me()));
        work.role = RaftPeer.State.CANDIDATE;
        work.votes.clear();
        work.votes.add(work.me());
        RaftPeer candidate = work.self();
        for (String member : work.others()) {
            work.emit(new Effect.SendVote(member, candidate));
        }
        leadIfElected(work);
    }

    /**
     * The next term that is ours by our place in the list. A real voter forgets its vote when it
     * restarts and may give it twice in a term; so no two of ours campaign in the same one.
     */
    private static long nextTerm(Work work) {
        long above = Math.max(work.held.term(), Math.max(work.leaderTerm, work.passedTerm)) + 1;
        int size = work.members.size();
        return above + Math.floorMod(work.members.indexOf(work.me()) - above, size);
    }

    /** An empty member must not lead others that have data: its first beat would delete it. */
    private static boolean mustLookFirst(Work work) {
        if (!work.has(Defence.NO_EMPTY_LEADER)
                || work.held.datums().size() > 0
                || work.others().isEmpty()) {
            return false;
        }
        boolean looked = work.nowMs - work.lookedMs < 2 * work.core().leaderTimeoutMs();
        boolean othersHave =
                work.told.values().stream()
                        .anyMatch(
                                told ->
                                        told.records() > 0
                                                && told.atMs() >= work.lookedMs
                                                && looked);
        if (looked && (!othersHave || work.looks >= MAX_LOOKS)) {
            // it reads what its voters hold before its first beat; nobody else seems to lead
            work.looks = 0;
            work.lookedMs = Long.MIN_VALUE / 2;
            return false;
        }
        if (!looked) {
            work.lookedMs = work.nowMs;
            work.leaderDueMs = LOOK_MS;
        } else {
            work.looks++;
            work.note("no-campaign because=this member is empty and others have records");
            work.lookedMs = Long.MIN_VALUE / 2;
            return true;
        }
        for (String member : work.others()) {
            work.emit(new Effect.AskServices(member));
        }
        return true;
    }

    static void onAsked(Work work, Event.VoteAsked asked) {
        RaftPeer candidate = asked.candidate();
        if (!work.isMember(candidate.ip())) {
            work.emit(
                    new Effect.ReplyText(
                            asked.replyId(),
                            500,
                            "caused: can not find peer: " + candidate.ip() + ";"));
            return;
        }
        if (mayVote(work, candidate)) {
            if (work.lead != null) {
                work.stepDown("term " + candidate.term() + " of " + candidate.ip() + " was seen");
            }
            work.role = RaftPeer.State.FOLLOWER;
            work.leader = Optional.empty();
            work.votes.clear();
            work.vote(candidate.term(), Optional.of(candidate.ip()));
            work.resetLeaderDue();
        }
        work.emit(new Effect.ReplyPeer(asked.replyId(), true, work.self()));
    }

    private static boolean mayVote(Work work, RaftPeer candidate) {
        long term = work.held.term();
        if (candidate.term() <= term || candidate.ip().equals(work.me())) {
            return false;
        }
        if (candidate.term() > Math.max(term, work.leaderTerm) + Work.MAX_TERM_JUMP) {
            work.note(
                    "vote-refused candidate="
                            + candidate.ip()
                            + " because=term "
                            + candidate.term()
                            + " is too far ahead of "
                            + term);
            return false;
        }
        boolean denied = work.has(Defence.NO_EMPTY_LEADER) && hasLiveLeader(work, candidate.ip());
        int before =
                work.denied.merge(candidate.ip(), denied ? 1 : 0, (old, one) -> one * (old + 1));
        // who goes on asking cannot follow the leader that we hear
        return !denied || before > MAX_DENIED;
    }

    private static boolean hasLiveLeader(Work work, String besides) {
        if (work.lead != null) {
            return Ruling.hasQuorum(work, work.lead);
        }
        return work.leader.isPresent()
                && !work.leader.get().equals(besides)
                && work.nowMs - work.heardLeaderMs < 2 * work.core().beatIntervalMs();
    }

    static void onAnswered(Work work, Event.VoteAnswered answered) {
        RaftPeer peer = answered.peer();
        boolean known = work.isMember(peer.ip()) && peer.ip().equals(answered.member());
        if (!known && work.has(Defence.MEMBERS_ONLY)) {
            return;
        }
        work.seen.put(peer.ip(), peer);
        boolean counts =
                peer.voteFor().equals(Optional.of(work.me()))
                        && (peer.term() == work.held.term() || !work.has(Defence.COUNTED_VOTES));
        if (work.role == RaftPeer.State.CANDIDATE && counts) {
            work.votes.add(peer.ip());
            leadIfElected(work);
        } else if (work.role == RaftPeer.State.CANDIDATE
                && peer.term() > work.held.term()
                && peer.term() <= work.held.term() + Work.MAX_TERM_JUMP) {
            work.role = RaftPeer.State.FOLLOWER;
            work.vote(peer.term(), Optional.empty());
        }
        if (work.lead != null && work.votes.contains(peer.ip())) {
            Ruling.gather(work, work.lead, peer.ip());
        }
    }

    private static void leadIfElected(Work work) {
        if (work.lead == null && work.votes.size() >= work.majority()) {
            Ruling.begin(work);
        }
    }
}
