package dev.catamaran.legacyraft.core;

import java.util.Optional;

/** Who becomes leader (spec: legacy-raft 3.2-3.4, made safe by ballot and position). */
final class Elections {

    private Elections() {}

    static void campaign(Draft draft) {
        draft.resetLeaderDue();
        if (draft.held.damaged() && draft.settings.members().size() > 1) {
            return;
        }
        draft.dropCatchUp();
        long ballot = draft.held.ballot() + 1;
        long term =
                draft.seen.values().stream()
                                .mapToLong(RaftPeer::term)
                                .reduce(draft.held.term(), Math::max)
                        + 1;
        Optional<String> vote = Optional.of(draft.settings.self());
        draft.held = draft.held.withBallot(ballot, vote, term);
        draft.emit(new Effect.SaveBallot(ballot, vote, term));
        draft.role = RaftPeer.State.CANDIDATE;
        draft.leader = Optional.empty();
        draft.votes.clear();
        draft.votes.add(draft.settings.self());
        RaftPeer candidate = draft.self();
        for (String member : draft.settings.others()) {
            draft.emit(new Effect.SendVote(member, candidate));
        }
        leadIfElected(draft);
    }

    static void onAsked(Draft draft, Event.VoteAsked asked) {
        RaftPeer candidate = asked.candidate();
        if (!draft.isMember(candidate.ip())) {
            draft.emit(
                    new Effect.ReplyText(
                            asked.replyId(), 500, "can not find peer: " + candidate.ip()));
            return;
        }
        if (candidate.pledge().isPresent()) {
            consider(draft, candidate, candidate.pledge().get());
        } else {
            outgrow(draft, candidate);
        }
        draft.emit(new Effect.ReplyPeer(asked.replyId(), true, draft.self()));
    }

    /**
     * A real candidate gets no vote, but refuses beats of a lower term than its own from then on
     * (spec: legacy-raft 3.6, 9.3.8).
     */
    private static void outgrow(Draft draft, RaftPeer candidate) {
        long term = draft.held.term();
        if (candidate.term() > term + Draft.MAX_TERM_JUMP) {
            draft.note(
                    "term-refused candidate="
                            + candidate.ip()
                            + " because=term "
                            + candidate.term()
                            + " is too far ahead of "
                            + term);
            return;
        }
        draft.saw(candidate);
        if (draft.leads() && candidate.term() > term) {
            draft.held = draft.held.withTerm(candidate.term());
            draft.emit(new Effect.SaveTerm(candidate.term()));
        }
    }

    private static void consider(Draft draft, RaftPeer candidate, RaftPeer.Pledge pledge) {
        if (pledge.ballot() > draft.held.ballot() + Draft.MAX_BALLOT_JUMP) {
            draft.note(
                    "vote-refused candidate="
                            + candidate.ip()
                            + " because=ballot "
                            + pledge.ballot()
                            + " is too far ahead of "
                            + draft.held.ballot());
            return;
        }
        draft.saw(candidate);
        draft.adoptBallot(pledge.ballot());
        boolean free =
                draft.held.votedFor().isEmpty()
                        || draft.held.votedFor().get().equals(candidate.ip());
        boolean complete = pledge.position().compareTo(draft.held.position()) >= 0;
        if (pledge.ballot() != draft.held.ballot() || !free || !complete) {
            return;
        }
        Optional<String> vote = Optional.of(candidate.ip());
        long term = Math.max(draft.held.term(), candidate.term());
        draft.held = draft.held.withBallot(pledge.ballot(), vote, term);
        draft.emit(new Effect.SaveBallot(pledge.ballot(), vote, term));
        draft.resetLeaderDue();
    }

    static void onAnswered(Draft draft, Event.VoteAnswered answered) {
        RaftPeer peer = answered.peer();
        if (peer.pledge().isEmpty() || !peer.ip().equals(answered.member())) {
            return;
        }
        draft.saw(peer);
        RaftPeer.Pledge pledge = peer.pledge().get();
        if (pledge.ballot() > draft.held.ballot()) {
            draft.adoptBallot(pledge.ballot());
            return;
        }
        boolean granted =
                draft.role == RaftPeer.State.CANDIDATE
                        && pledge.ballot() == draft.held.ballot()
                        && peer.voteFor().equals(Optional.of(draft.settings.self()));
        if (granted && draft.isMember(peer.ip())) {
            draft.votes.add(peer.ip());
            leadIfElected(draft);
        }
    }

    private static void leadIfElected(Draft draft) {
        if (draft.votes.size() < draft.settings.majority()) {
            return;
        }
        draft.role = RaftPeer.State.LEADER;
        draft.leader = Optional.of(draft.settings.self());
        draft.leadership =
                new Leadership(draft.held.ballot(), draft.settings.others(), draft.nowMs);
        draft.note(
                "leader-elected ballot="
                        + draft.held.ballot()
                        + " term="
                        + draft.held.term()
                        + " position="
                        + draft.held.position());
        Leading.begin(draft, draft.leadership);
    }
}
