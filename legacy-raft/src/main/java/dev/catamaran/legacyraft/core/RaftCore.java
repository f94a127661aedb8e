package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The raft of 1.x among members of ours, as a state-transfer raft.
 *
 * <p>A <em>ballot</em> is the true raft term. The set of datums has a version, the {@link
 * Position}; a leader makes one chain of versions, so a position names its content. A vote goes to
 * candidates that hold at least the voter's version; a new leader first brings a majority to its
 * own; a change counts when a majority holds the version it made. That is raft with "version of the
 * set" for "end of the log": what was acknowledged is part of every later leader's set. A follower
 * that is the very next version away is sent the change alone; any other is sent the list of all
 * keys, fetches what differs and goes there in one step.
 *
 * <p>On the wire these are 1.x votes, beats and commits with an extra field. Messages without it
 * come from real 1.x nodes, which promise none of this: they are answered as 1.x answers what it
 * refuses, and change nothing.
 */
public final class RaftCore {

    private RaftCore() {}

    /**
     * What a step came to.
     *
     * @param state the next state
     * @param effects work for the shell, in order
     */
    public record Step(RaftState state, List<Effect> effects) {
        public Step {
            requireNonNull(state, "state is null");
            effects = List.copyOf(effects);
        }
    }

    /** The next state and what there is to do. Same state and event, same step. */
    public static Step step(RaftState state, Event event) {
        Draft draft = new Draft(state);
        apply(draft, event);
        return new Step(new RaftState(draft), draft.effects);
    }

    private static void apply(Draft draft, Event event) {
        if (event instanceof Event.Ticked ticked) {
            onTick(draft, ticked);
        } else if (event instanceof Event.VoteAsked asked) {
            Elections.onAsked(draft, asked);
        } else if (event instanceof Event.VoteAnswered answered) {
            Elections.onAnswered(draft, answered);
        } else if (event instanceof Event.BeatArrived arrived) {
            Following.onBeat(draft, arrived);
        } else if (event instanceof Event.CommitArrived arrived) {
            Following.onCommit(draft, arrived);
        } else if (event instanceof Event.Fetched fetched) {
            Catching.onFetched(draft, fetched);
        } else if (event instanceof Event.FetchFailed failed) {
            Catching.onFetchFailed(draft, failed);
        } else if (event instanceof Event.EpochApplied applied) {
            draft.epoch = Math.max(draft.epoch, applied.epoch());
        } else {
            applyToLeader(draft, event);
        }
    }

    private static void applyToLeader(Draft draft, Event event) {
        if (event instanceof Event.BeatAnswered answered) {
            Leading.onBeatAnswered(draft, answered);
        } else if (event instanceof Event.BeatFailed failed) {
            Leading.onBeatFailed(draft, failed);
        } else if (event instanceof Event.BeatRefused refused) {
            Leading.onBeatRefused(draft, refused);
        } else if (event instanceof Event.CommitAnswered answered) {
            Leading.onCommitAnswered(draft, answered);
        } else if (event instanceof Event.CommitFailed failed) {
            Leading.onCommitFailed(draft, failed);
        } else if (event instanceof Event.InventoryArrived arrived) {
            Gathering.onArrived(draft, arrived);
        } else if (event instanceof Event.InventoryFailed
                || event instanceof Event.ServicesTold
                || event instanceof Event.MembersChanged
                || event instanceof Event.DeletesAllowed) {
            // asked again by the clock; or of the raft that real servers share
            return;
        } else if (event instanceof Event.ChangeWanted wanted) {
            Wishes.onChange(draft, wanted);
        } else if (event instanceof Event.ConfirmWanted wanted) {
            Wishes.onConfirm(draft, wanted);
        } else if (event instanceof Event.LeadershipGivenUp given) {
            Leading.giveUp(draft, given.because());
        } else {
            throw new AssertionError("no rule for " + event);
        }
    }

    private static void onTick(Draft draft, Event.Ticked ticked) {
        draft.nowMs += ticked.elapsedMs();
        draft.random ^= ticked.random();
        if (draft.leads()) {
            Leading.onTick(draft, ticked.elapsedMs());
            return;
        }
        Catching.onTick(draft);
        draft.leaderDueMs -= ticked.elapsedMs();
        if (draft.leaderDueMs <= 0) {
            Elections.campaign(draft);
        }
    }
}
