package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import java.util.List;

/**
 * The raft of 1.x, as real servers and members of ours run it together.
 *
 * <p>What cannot be seen from outside is done as a raft should: terms and votes are saved; a leader
 * of ours keeps its term for as long as it leads (a real one adds 100 with each publish, which
 * nobody else can know in time); before its first beat it reads what those hold who voted for it,
 * and takes what is newer; the timestamps it gives start at its term times 2^20, so that they order
 * changes over all leaders of ours. Among members of ours that makes an acknowledged change
 * survive. Where a real server leads, its rules hold, and the defences keep our copy.
 */
public final class SharedRaft {

    private SharedRaft() {}

    /**
     * What a step came to.
     *
     * @param state the next state
     * @param effects work for the shell, in order
     */
    public record Step(SharedState state, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    /**
     * A member that has just started with what it holds on disk.
     *
     * @throws IllegalArgumentException if the home belongs to members of ours alone
     */
    public static SharedState start(SharedSettings settings, Held held, long random) {
        if (held.position().index() != 0) {
            throw new IllegalArgumentException(
                    "this home has been written by a group of Catamaran members alone (version "
                            + held.position()
                            + "); it cannot join real 1.x servers again. Start it with an empty"
                            + " data folder: the leader sends the records");
        }
        Work work = new Work(settings, held, random);
        if (!work.has(Defence.SAVED_VOTE)) {
            work.held = held.withBallot(held.ballot(), java.util.Optional.empty(), 0);
        }
        return new SharedState(work);
    }

    /** The next state and what there is to do. Same state and event, same step. */
    public static Step step(SharedState state, Event event) {
        Work work = state.copy();
        apply(work, event);
        return new Step(new SharedState(work), work.effects);
    }

    private static void apply(Work work, Event event) {
        if (event instanceof Event.Ticked ticked) {
            onTick(work, ticked);
        } else if (event instanceof Event.VoteAsked asked) {
            Voting.onAsked(work, asked);
        } else if (event instanceof Event.VoteAnswered answered) {
            Voting.onAnswered(work, answered);
        } else if (event instanceof Event.BeatArrived arrived) {
            Heeding.onBeat(work, arrived);
        } else if (event instanceof Event.CommitArrived arrived) {
            Heeding.onCommit(work, arrived);
        } else if (event instanceof Event.Fetched fetched) {
            Fetches.onFetched(work, fetched);
        } else if (event instanceof Event.FetchFailed failed) {
            Fetches.onFailed(work, failed);
        } else if (event instanceof Event.ServicesTold told) {
            Fetches.onTold(work, told);
        } else if (event instanceof Event.MembersChanged changed) {
            work.changeMembers(changed.members());
        } else if (event instanceof Event.DeletesAllowed) {
            Quarantine.allow(work);
        } else {
            applyToLeader(work, event);
        }
    }

    private static void applyToLeader(Work work, Event event) {
        if (event instanceof Event.BeatAnswered answered) {
            Ruling.onBeatAnswered(work, answered);
        } else if (event instanceof Event.BeatRefused refused) {
            Ruling.onBeatRefused(work, refused);
        } else if (event instanceof Event.CommitAnswered answered) {
            Publishing.onAnswered(work, answered);
        } else if (event instanceof Event.ChangeWanted wanted) {
            Publishing.onWanted(work, wanted);
        } else if (event instanceof Event.ConfirmWanted wanted) {
            Ruling.onConfirm(work, wanted);
        } else if (event instanceof Event.LeadershipGivenUp given && work.lead != null) {
            work.stepDown(given.because());
            // whoever else can lead has time to
            work.leaderDueMs += work.core().leaderTimeoutMs();
        }
        // what failed is seen by its silence; the rest belongs to the raft of members of ours alone
    }

    private static void onTick(Work work, Event.Ticked ticked) {
        work.nowMs += ticked.elapsedMs();
        work.random ^= ticked.random();
        work.heartbeatDueMs -= ticked.elapsedMs();
        work.leaderDueMs -= ticked.elapsedMs();
        if (work.lead != null) {
            Ruling.onTick(work, work.lead);
        } else if (work.leaderDueMs <= 0) {
            Voting.campaign(work);
        }
    }
}
