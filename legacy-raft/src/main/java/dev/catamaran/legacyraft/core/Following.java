package dev.catamaran.legacyraft.core;

import java.util.Optional;
import java.util.Set;

/** What a follower makes of its leader's messages (spec: legacy-raft 3.6, 4.2, 4.4). */
final class Following {

    private Following() {}

    static void onBeat(Draft draft, Event.BeatArrived arrived) {
        Beat beat = arrived.beat();
        RaftPeer peer = beat.peer();
        if (!draft.isMember(peer.ip()) || peer.ip().equals(draft.settings.self())) {
            refuse(draft, arrived.replyId(), 400, "beat from a stranger: " + peer.ip());
            return;
        }
        if (peer.state() != RaftPeer.State.LEADER) {
            refuse(
                    draft,
                    arrived.replyId(),
                    400,
                    "invalid state from master, state: " + peer.state());
            return;
        }
        if (peer.pledge().isEmpty()) {
            refuse(
                    draft,
                    arrived.replyId(),
                    400,
                    "out of date beat, beat-from-term: "
                            + peer.term()
                            + ", beat-to-term: "
                            + draft.held.term()
                            + ": this member follows leaders that pledge a ballot only");
            return;
        }
        RaftPeer.Pledge pledge = peer.pledge().get();
        if (!follow(draft, peer, pledge)) {
            draft.emit(new Effect.ReplyPeer(arrived.replyId(), false, draft.self()));
            return;
        }
        raiseTerm(draft, peer.term());
        if (pledge.epoch() < draft.epoch) {
            // it leads, but has not heard of the move of the transition: nothing of it is stored
            draft.emit(new Effect.ReplyPeer(arrived.replyId(), true, draft.self()));
            return;
        }
        Catching.onTarget(draft, beat, pledge.position(), arrived.replyId());
    }

    static void onCommit(Draft draft, Event.CommitArrived arrived) {
        RaftPeer source = arrived.source();
        Change change = arrived.change();
        if (!draft.isMember(source.ip()) || source.pledge().isEmpty()) {
            refuse(
                    draft,
                    arrived.replyId(),
                    500,
                    "peer(" + source.ip() + ") tried to publish data but wasn't leader");
            return;
        }
        RaftPeer.Pledge pledge = source.pledge().get();
        if (!follow(draft, source, pledge) || change.position().ballot() != pledge.ballot()) {
            refuse(
                    draft,
                    arrived.replyId(),
                    500,
                    "out of date publish, pub-term:"
                            + source.term()
                            + ", cur-term: "
                            + draft.held.term()
                            + ", pub-ballot: "
                            + pledge.ballot()
                            + ", cur-ballot: "
                            + draft.held.ballot());
            return;
        }
        if (pledge.epoch() < draft.epoch) {
            refuse(
                    draft,
                    arrived.replyId(),
                    500,
                    "out of date publish, pub-epoch: "
                            + pledge.epoch()
                            + ", cur-epoch: "
                            + draft.epoch);
            return;
        }
        Position at = draft.held.position();
        boolean whole = !draft.held.mixed() && !draft.held.damaged();
        if (whole && at.ballot() == pledge.ballot() && at.compareTo(change.position()) >= 0) {
            draft.emit(new Effect.ReplyText(arrived.replyId(), 200, "ok"));
        } else if (whole && at.ballot() == pledge.ballot() && at.next().equals(change.position())) {
            draft.held = draft.held.after(change);
            draft.emit(new Effect.SaveChange(change));
            raiseTerm(draft, source.term());
            draft.emit(new Effect.ReplyText(arrived.replyId(), 200, "ok"));
            draft.emit(new Effect.Changed(Set.of(change.key())));
        } else {
            refuse(
                    draft,
                    arrived.replyId(),
                    500,
                    "not the next version, pub-position: "
                            + change.position()
                            + ", cur-position: "
                            + at);
        }
    }

    /** Takes a leader by its ballot; false if a higher one, or another leader, is known. */
    private static boolean follow(Draft draft, RaftPeer peer, RaftPeer.Pledge pledge) {
        long ballot = pledge.ballot();
        if (ballot < draft.held.ballot()
                || ballot > draft.held.ballot() + Draft.MAX_BALLOT_JUMP
                || peer.ip().equals(draft.settings.self())) {
            return false;
        }
        draft.adoptBallot(ballot);
        Optional<String> known = draft.leader;
        if (draft.leads() || (known.isPresent() && !known.get().equals(peer.ip()))) {
            return false;
        }
        draft.role = RaftPeer.State.FOLLOWER;
        draft.votes.clear();
        draft.saw(peer);
        if (known.isEmpty()) {
            draft.leader = Optional.of(peer.ip());
            draft.note("leader-followed leader=" + peer.ip() + " ballot=" + ballot);
        }
        draft.resetLeaderDue();
        return true;
    }

    private static void raiseTerm(Draft draft, long term) {
        if (term > draft.held.term()) {
            draft.held = draft.held.withTerm(term);
            draft.emit(new Effect.SaveTerm(term));
        }
    }

    private static void refuse(Draft draft, long replyId, int status, String text) {
        draft.emit(new Effect.ReplyText(replyId, status, text));
    }
}
