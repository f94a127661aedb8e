package dev.catamaran.legacyraft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RaftCoreTest {

    private static final String SELF = "10.0.0.1:8848";
    private static final String OTHER = "10.0.0.2:8848";
    private static final CoreSettings THREE =
            CoreSettings.of(SELF, List.of(SELF, OTHER, "10.0.0.3:8848"));
    private static final String KEY = "com.alibaba.nacos.naming.domains.meta.public##G@@s";

    @Test
    void aMemberAloneElectsItselfAndCommitsAtOnce() {
        RaftState state = RaftState.start(CoreSettings.of(SELF, List.of(SELF)), Held.EMPTY, 0, 1);
        state = RaftCore.step(state, new Event.Ticked(500, 1)).state();
        assertThat(state.isServing()).isTrue();

        RaftCore.Step step =
                RaftCore.step(state, new Event.ChangeWanted(7, KEY, Optional.of("{}")));

        assertThat(step.effects())
                .contains(new Effect.Ended(7, new Outcome.Committed(new Position(1, 2))));
    }

    @Test
    void aLeaderThatGivesUpTakesNothingMoreAndSaysWhatBecameOfWhatItTook() {
        RaftState state = RaftState.start(THREE, Held.EMPTY, 0, 1);
        state = RaftCore.step(state, new Event.Ticked(600_000, 1)).state();
        RaftPeer vote =
                new RaftPeer(
                        OTHER,
                        Optional.of(SELF),
                        1,
                        15_000,
                        5_000,
                        RaftPeer.State.FOLLOWER,
                        Optional.of(new RaftPeer.Pledge(1, Position.NONE, 0)));
        state = RaftCore.step(state, new Event.VoteAnswered(OTHER, vote)).state();
        assertThat(state.leader()).contains(SELF);
        state = RaftCore.step(state, new Event.ConfirmWanted(7, 60_000)).state();

        RaftCore.Step step = RaftCore.step(state, new Event.LeadershipGivenUp("state-not-saved"));

        assertThat(step.state().leader()).isEmpty();
        assertThat(step.effects())
                .contains(new Effect.Ended(7, new Outcome.NotNow("leadership ended")));
    }

    @Test
    void aMemberAloneHasNobodyToGiveUpTo() {
        RaftState state = RaftState.start(CoreSettings.of(SELF, List.of(SELF)), Held.EMPTY, 0, 1);
        state = RaftCore.step(state, new Event.Ticked(500, 1)).state();

        state = RaftCore.step(state, new Event.LeadershipGivenUp("state-not-saved")).state();

        assertThat(state.leader()).contains(SELF);
    }

    @Test
    void refusesAChangeThatIsNotTheNext() {
        RaftCore.Step step = commit(follower(5, new Position(5, 3)), 5, new Position(5, 5));

        assertThat(status(step)).isEqualTo(500);
        assertThat(step.state().held().position()).isEqualTo(new Position(5, 3));
    }

    @Test
    void answersAChangeItHasAlreadyWithOkAndDoesNothing() {
        RaftCore.Step step = commit(follower(5, new Position(5, 3)), 5, new Position(5, 3));

        assertThat(status(step)).isEqualTo(200);
        assertThat(step.effects()).noneMatch(effect -> effect instanceof Effect.Save);
    }

    @Test
    void refusesAnOldLeadersChangeAndBeat() {
        RaftState state = follower(5, new Position(5, 3));

        assertThat(status(commit(state, 4, new Position(4, 4)))).isEqualTo(500);
        RaftCore.Step beat =
                RaftCore.step(
                        state,
                        new Event.BeatArrived(
                                9, new Beat(leader(4, new Position(4, 9), 0), List.of())));
        assertThat(beat.effects()).hasSize(1);
        assertThat(beat.effects().get(0))
                .isInstanceOfSatisfying(
                        Effect.ReplyPeer.class,
                        reply -> {
                            assertThat(reply.accepted()).isFalse();
                            assertThat(reply.peer().pledge().orElseThrow().ballot()).isEqualTo(5);
                        });
        assertThat(beat.state().leader()).isEmpty();
    }

    @Test
    void storesNothingForALeaderOfAnEarlierEpoch() {
        RaftState state = follower(5, new Position(5, 3));
        state = RaftCore.step(state, new Event.EpochApplied(2)).state();

        assertThat(status(commit(state, 5, new Position(5, 4)))).isEqualTo(500);
        Beat beat =
                new Beat(
                        leader(5, new Position(5, 4), 1),
                        List.of(new Beat.Item(KEY, 1, new Position(5, 4))));
        assertThat(RaftCore.step(state, new Event.BeatArrived(1, beat)).effects())
                .noneMatch(effect -> effect instanceof Effect.Fetch);
    }

    @Test
    void realLeadersAndStrangersChangeNothing() {
        RaftState state = follower(5, new Position(5, 3));
        RaftPeer real =
                new RaftPeer(
                        OTHER,
                        Optional.of(OTHER),
                        900_000,
                        1,
                        1,
                        RaftPeer.State.LEADER,
                        Optional.empty());
        RaftCore.Step wipe =
                RaftCore.step(state, new Event.BeatArrived(1, new Beat(real, List.of())));

        assertThat(status(wipe)).isEqualTo(400);
        assertThat(wipe.state().held()).isEqualTo(state.held());
    }

    @Test
    void votesForNobodyWhoHoldsLess() {
        RaftState state = follower(5, new Position(5, 3));
        RaftPeer poor = candidate(6, new Position(5, 2));
        RaftPeer equal = candidate(6, new Position(5, 3));

        RaftCore.Step refused = RaftCore.step(state, new Event.VoteAsked(1, poor));
        RaftCore.Step granted = RaftCore.step(state, new Event.VoteAsked(1, equal));

        assertThat(refused.state().held().votedFor()).isEmpty();
        assertThat(refused.state().held().ballot()).as("adopted and saved").isEqualTo(6);
        assertThat(granted.state().held().votedFor()).contains(OTHER);
        assertThat(granted.effects().get(granted.effects().size() - 1))
                .as("the answer comes after the saving")
                .isInstanceOf(Effect.ReplyPeer.class);
    }

    @Test
    void everyKindOfEventHasARule() {
        Position position = new Position(1, 1);
        RaftPeer peer = leader(1, position, 0);
        Beat beat = new Beat(peer, List.of());
        Datum datum = new Datum(KEY, "{}", 1, position);
        List<Event> one =
                List.of(
                        new Event.Ticked(1, 1),
                        new Event.VoteAsked(1, peer),
                        new Event.VoteAnswered(OTHER, peer),
                        new Event.BeatArrived(1, beat),
                        new Event.BeatAnswered(OTHER, 1, peer),
                        new Event.BeatFailed(OTHER, 1),
                        new Event.CommitArrived(1, peer, new Change.Put(datum)),
                        new Event.CommitAnswered(OTHER, position, true),
                        new Event.CommitFailed(OTHER, position),
                        new Event.Fetched(1, List.of(datum)),
                        new Event.FetchFailed(1),
                        new Event.InventoryArrived(OTHER, 1, List.of()),
                        new Event.InventoryFailed(OTHER, 1),
                        new Event.ChangeWanted(1, KEY, Optional.empty()),
                        new Event.ConfirmWanted(1, 1),
                        new Event.BeatRefused(OTHER, 1),
                        new Event.ServicesTold(OTHER, List.of(), java.util.Map.of()),
                        new Event.MembersChanged(List.of(OTHER)),
                        new Event.DeletesAllowed(),
                        new Event.LeadershipGivenUp("state-not-saved"),
                        new Event.EpochApplied(1));
        Set<Class<?>> covered = new HashSet<>();
        for (Event event : one) {
            covered.add(event.getClass());
            RaftCore.step(RaftState.start(THREE, Held.EMPTY, 0, 1), event);
        }
        assertThat(covered).containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    }

    @Test
    void theMapOfKeysIsAMap() {
        java.util.Random random = new java.util.Random(3);
        java.util.TreeMap<String, String> expected = new java.util.TreeMap<>();
        KeyMap<String> map = KeyMap.empty();
        for (int i = 0; i < 5_000; i++) {
            String key = "k" + random.nextInt(300);
            if (random.nextInt(3) == 0) {
                expected.remove(key);
                map = map.without(key);
            } else {
                expected.put(key, "v" + i);
                map = map.with(key, "v" + i);
            }
        }
        assertThat(map.values()).isEqualTo(new ArrayList<>(expected.values()));
        assertThat(map.size()).isEqualTo(expected.size());
        assertThat(map.get("k7")).isEqualTo(Optional.ofNullable(expected.get("k7")));
    }

    private static RaftState follower(long ballot, Position position) {
        Held held =
                new Held(
                        ballot,
                        Optional.empty(),
                        0,
                        position,
                        false,
                        false,
                        KeyMap.empty(),
                        KeyMap.empty());
        return RaftState.start(THREE, held, 0, 1);
    }

    private static RaftCore.Step commit(RaftState state, long ballot, Position position) {
        Change change = new Change.Put(new Datum(KEY, "{}", 1, position));
        return RaftCore.step(
                state, new Event.CommitArrived(1, leader(ballot, position, 0), change));
    }

    private static int status(RaftCore.Step step) {
        return step.effects().stream()
                .filter(effect -> effect instanceof Effect.ReplyText)
                .map(effect -> ((Effect.ReplyText) effect).status())
                .findFirst()
                .orElseThrow();
    }

    private static RaftPeer leader(long ballot, Position position, long epoch) {
        return peer(RaftPeer.State.LEADER, ballot, position, epoch);
    }

    private static RaftPeer candidate(long ballot, Position position) {
        return peer(RaftPeer.State.CANDIDATE, ballot, position, 0);
    }

    private static RaftPeer peer(RaftPeer.State state, long ballot, Position position, long epoch) {
        return new RaftPeer(
                OTHER,
                Optional.of(OTHER),
                1,
                15_000,
                5_000,
                state,
                Optional.of(new RaftPeer.Pledge(ballot, position, epoch)));
    }
}
