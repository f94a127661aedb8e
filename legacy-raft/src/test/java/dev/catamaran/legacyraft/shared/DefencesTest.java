package dev.catamaran.legacyraft.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.core.Tombstone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Each defence of the shared raft: what it prevents, and that without it the harm is done (spec:
 * legacy-raft 9.1). The table of them is in docs/reference/legacy-raft-defences.md.
 */
class DefencesTest {

    private static final String KEY = Member.META + "s0";

    /** A story that may do harm. */
    private interface Story {
        boolean doesHarm(boolean defended);
    }

    private static void prevented(Story story) {
        assertThat(story.doesHarm(true)).as("harm with all defences").isFalse();
        assertThat(story.doesHarm(false)).as("harm without the defence").isTrue();
    }

    @Test
    void aLeaderThatNobodyAnswersStepsDown() {
        prevented(
                defended -> {
                    Member leader =
                            Member.of(
                                            Member.holding(0, Member.services(1)),
                                            defended,
                                            Defence.LEASE)
                                    .serving();
                    leader.pass(20_000);
                    return leader.state.isLeader();
                });
    }

    @Test
    void anEmptyMemberDoesNotCampaignWhileOthersHaveRecords() {
        prevented(
                defended -> {
                    Member empty = Member.of(Member.holding(0), defended, Defence.NO_EMPTY_LEADER);
                    boolean campaigned = false;
                    for (int i = 0; i < 120; i++) {
                        empty.take(new Event.Ticked(500, i));
                        campaigned |= empty.did(Effect.SendVote.class);
                        if (empty.did(Effect.AskServices.class)) {
                            empty.take(
                                    new Event.ServicesTold(
                                            Member.B, List.of("public##G@@s0"), Map.of()));
                        }
                    }
                    return campaigned;
                });
    }

    @Test
    void aLiveLeaderIsNotVotedAway() {
        prevented(
                defended -> {
                    Member follower =
                            Member.of(
                                    Member.holding(0, Member.services(1)),
                                    defended,
                                    Defence.NO_EMPTY_LEADER);
                    follower.beat(Member.B, 5, Member.services(1));
                    follower.take(
                            new Event.VoteAsked(
                                    4,
                                    Member.peer(Member.C, RaftPeer.State.CANDIDATE, 9, Member.C)));
                    return follower.state.peer().voteFor().equals(Optional.of(Member.C));
                });
    }

    @Test
    void aBeatThatWouldDeleteMuchIsHeldBack() {
        prevented(
                defended -> {
                    Datum[] all = Member.services(10);
                    Member follower =
                            Member.of(Member.holding(0, all), defended, Defence.QUARANTINE);
                    follower.beat(Member.B, 5, all[0]);
                    return follower.state.held().datums().size() < 10;
                });
    }

    @Test
    void whatIsHeldBackGoesWhenTheLeaderConfirmsItAndMostOfAllOnlyWhenAnOperatorDoes() {
        Datum[] all = Member.services(10);
        Member follower = Member.of(Member.holding(0, all), true, Defence.QUARANTINE);
        Datum[] seven = java.util.Arrays.copyOf(all, 7);
        for (int beat = 0; beat < 3; beat++) {
            follower.beat(Member.B, 5, seven);
        }
        Effect.Fetch fetch =
                (Effect.Fetch)
                        follower.effects.stream()
                                .filter(effect -> effect instanceof Effect.Fetch)
                                .findFirst()
                                .orElseThrow();
        assertThat(fetch.keys()).containsExactly(all[7].key(), all[8].key(), all[9].key());
        follower.take(new Event.Fetched(fetch.fetchId(), List.of()));
        assertThat(follower.state.held().datums().size()).isEqualTo(7);

        for (int beat = 0; beat < 10; beat++) {
            follower.beat(Member.B, 5, all[0]);
            assertThat(follower.did(Effect.Fetch.class)).isFalse();
        }
        assertThat(follower.state.heldBack()).hasSize(6);
        follower.take(new Event.DeletesAllowed());
        assertThat(follower.state.held().datums().size()).isEqualTo(1);
    }

    @Test
    void aDeletedKeyDoesNotComeBackFromAVoterThatMissedTheDelete() {
        prevented(
                defended -> {
                    Tombstone gone = new Tombstone(KEY, 5, Position.NONE);
                    Member leader =
                            Member.of(Member.having(gone), defended, Defence.TOMBSTONES)
                                    .serving(Member.datum(KEY, 5));
                    return leader.get(KEY).isPresent();
                });
    }

    @Test
    void aKeyMadeAgainCountsOn() {
        prevented(
                defended -> {
                    Tombstone gone = new Tombstone(KEY, 900_000_000, Position.NONE);
                    Member leader =
                            Member.of(Member.having(gone), defended, Defence.RISING_TIMESTAMPS)
                                    .serving();
                    leader.take(new Event.ChangeWanted(7, KEY, Optional.of("{}")));
                    return sentTimestamps(leader).get(0) <= 900_000_000;
                });
    }

    private static List<Long> sentTimestamps(Member leader) {
        return leader.effects.stream()
                .filter(effect -> effect instanceof Effect.SendCommit)
                .map(effect -> (Change.Put) ((Effect.SendCommit) effect).change())
                .map(put -> put.datum().timestamp())
                .toList();
    }

    @Test
    void aLateCommitIsAnsweredAndDoesNotOverwriteANewerOne() {
        prevented(
                defended -> {
                    Member follower = Member.of(Member.holding(0), defended, Defence.COMMIT_ORDER);
                    follower.beat(Member.B, 5);
                    follower.commit(Member.B, 5, Member.datum(KEY, 5));
                    follower.commit(Member.B, 5, Member.datum(KEY, 4));
                    assertThat(follower.effects).contains(new Effect.ReplyText(2, 200, "ok"));
                    return follower.get(KEY).orElseThrow().timestamp() < 5;
                });
    }

    @Test
    void theLeadersTermIsThatOfItsLastBeatSoInstancesGoWithTheirService() {
        prevented(
                defended -> {
                    Datum service = Member.datum(KEY, 1);
                    Datum list = Member.datum(Member.LIST + "s0", 1);
                    Member follower =
                            Member.of(
                                    Member.holding(0, service, list),
                                    defended,
                                    Defence.FRESH_LEADER_TERM);
                    follower.beat(Member.B, 1, service, list);
                    follower.beat(Member.B, 801, service, list);
                    follower.commit(Member.B, 801, Member.datum(Member.META + "other", 1));
                    follower.commitDelete(Member.B, 801, KEY);
                    return follower.get(list.key()).isPresent();
                });
    }

    @Test
    void aBeatWithoutKeysDeletesNothing() {
        prevented(
                defended -> {
                    Member follower =
                            Member.of(
                                    Member.holding(0, Member.services(2)),
                                    defended,
                                    Defence.EMPTY_BEAT);
                    follower.beat(Member.B, 5);
                    return follower.state.held().datums().size() < 2;
                });
    }

    @Test
    void aMemberThatRestartsDoesNotVoteTwiceInATerm() {
        prevented(
                defended -> {
                    Member voter = Member.of(Member.holding(0), defended, Defence.SAVED_VOTE);
                    voter.take(
                            new Event.VoteAsked(
                                    4,
                                    Member.peer(Member.B, RaftPeer.State.CANDIDATE, 5, Member.B)));
                    assertThat(voter.state.peer().voteFor()).contains(Member.B);
                    Member again = voter.restarted();
                    again.take(
                            new Event.VoteAsked(
                                    5,
                                    Member.peer(Member.C, RaftPeer.State.CANDIDATE, 5, Member.C)));
                    return again.state.peer().voteFor().equals(Optional.of(Member.C));
                });
    }

    @Test
    void votesOfAnotherTermDoNotCount() {
        prevented(
                defended -> {
                    Member candidate =
                            Member.of(
                                    Member.holding(7, Member.services(1)),
                                    defended,
                                    Defence.COUNTED_VOTES);
                    for (int i = 0;
                            i < 100 && candidate.state.peer().state() != RaftPeer.State.CANDIDATE;
                            i++) {
                        candidate.take(new Event.Ticked(500, i));
                    }
                    candidate.take(
                            new Event.VoteAnswered(
                                    Member.B,
                                    Member.peer(Member.B, RaftPeer.State.FOLLOWER, 1, Member.A)));
                    return candidate.state.isLeader();
                });
    }

    @Test
    void aStrangersBeatIsRefused() {
        prevented(
                defended -> {
                    Member follower =
                            Member.of(
                                    Member.holding(0, Member.services(1)),
                                    defended,
                                    Defence.MEMBERS_ONLY);
                    follower.beat("10.9.9.9:8848", 5, Member.services(1));
                    return follower.state.leader().isPresent();
                });
    }

    @Test
    void membersThatLeaveTheListLeaveTheQuorum() {
        prevented(
                defended -> {
                    List<String> five =
                            List.of(Member.A, Member.B, Member.C, "10.0.0.4:8848", "10.0.0.5:8848");
                    Member candidate =
                            Member.of(
                                    five,
                                    Member.holding(0, Member.services(1)),
                                    defended,
                                    Defence.WHOLE_LIST);
                    candidate.take(new Event.MembersChanged(List.of(Member.A, Member.B, Member.C)));
                    candidate.elected();
                    return !candidate.state.isLeader();
                });
    }

    @Test
    void aChangeThatWaitsKeepsNoOtherKeyWaiting() {
        prevented(
                defended -> {
                    Member leader =
                            Member.of(
                                            Member.holding(0, Member.services(1)),
                                            defended,
                                            Defence.KEY_BY_KEY)
                                    .serving();
                    leader.take(new Event.ChangeWanted(7, KEY, Optional.of("{}")));
                    leader.take(
                            new Event.ChangeWanted(8, Member.META + "other", Optional.of("{}")));
                    return !leader.did(Effect.SendCommit.class);
                });
    }

    @Test
    void aBeatIsAnsweredBeforeItsKeysAreFetched() {
        prevented(
                defended -> {
                    Member follower = Member.of(Member.holding(0), defended, Defence.PROMPT_ANSWER);
                    follower.beat(Member.B, 5, Member.services(60));
                    return !follower.did(Effect.ReplyPeer.class);
                });
    }
}
