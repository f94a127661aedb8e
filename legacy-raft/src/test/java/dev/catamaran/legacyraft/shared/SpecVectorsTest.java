package dev.catamaran.legacyraft.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.store.FileLegacyStore;
import dev.catamaran.legacyraft.wire.CommitForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test vectors of the spec that concern a member of the raft (legacy-raft 10). */
class SpecVectorsTest {

    @TempDir private Path home;

    /** Vector 3: sources carry 1, 101 and 201, and the follower ends at 201. */
    @Test
    void aFollowerOfThreePublishesEndsOneStepBehindItsLeader() {
        Member follower = Member.of(Member.holding(0), true, Defence.LEASE);
        follower.beat(Member.B, 1);
        for (int publish = 0; publish < 3; publish++) {
            follower.commit(
                    Member.B, 1 + 100L * publish, Member.datum(Member.META + "s" + publish, 1));
            assertThat(follower.effects).contains(new Effect.ReplyText(2, 200, "ok"));
        }
        assertThat(follower.state.peer().term()).isEqualTo(201);
        assertThat(follower.state.held().datums().size()).isEqualTo(3);
    }

    /** Vector 4: the due time counts from the last beat, and ends after 15 to 20 s. */
    @Test
    void aFollowerCampaignsFifteenToTwentySecondsAfterTheLastBeat() {
        Member follower = Member.of(Member.holding(0, Member.services(1)), true, Defence.LEASE);
        follower.beat(Member.B, 801, Member.services(1));

        assertThat(follower.pass(14_500)).noneMatch(effect -> effect instanceof Effect.SendVote);
        assertThat(follower.pass(6_000))
                .filteredOn(effect -> effect instanceof Effect.SendVote)
                .hasSize(2)
                .allSatisfy(
                        vote ->
                                assertThat(((Effect.SendVote) vote).candidate().term())
                                        .isBetween(802L, 804L));
    }

    /** Vector 7: leader, member of ours, disk. */
    @Test
    void aPercentAndAPlusSurviveFromTheLeaderToTheDisk() throws IOException {
        String value = "{\"name\":\"G@@s\",\"metadata\":{\"a\":\"b%2B+c\"}}";
        String body =
                "{\"datum\":{\"key\":\""
                        + Member.META
                        + "s\",\"value\":"
                        + value
                        + ",\"timestamp\":1},\"source\":{\"ip\":\""
                        + Member.B
                        + "\",\"voteFor\":\""
                        + Member.B
                        + "\",\"term\":1,\"leaderDueMs\":1,\"heartbeatDueMs\":1,"
                        + "\"state\":\"LEADER\"}}";
        CommitForm.Commit sent =
                CommitForm.decodePut(body.getBytes(StandardCharsets.UTF_8)).orThrow();
        Member follower = Member.of(Member.holding(0), true, Defence.LEASE);
        follower.beat(Member.B, 1);
        follower.take(new Event.CommitArrived(2, sent.source(), sent.change()));
        FileLegacyStore store = new FileLegacyStore(home);
        store.load();
        for (Effect effect : follower.effects) {
            if (effect instanceof Effect.Save save) {
                store.apply(save);
            }
        }

        Datum read = new FileLegacyStore(home).load().datums().get(Member.META + "s").orElseThrow();

        assertThat(read.value()).isEqualTo(value);
    }

    /** Vector 8, and the texts of 1.5 that real servers match. */
    @Test
    void refusedInputsAreRefusedAsRealServersRefuseThem() {
        String stranger = "10.9.9.9:8848";
        Member follower = Member.of(Member.holding(0), true, Defence.LEASE);
        follower.beat(Member.B, 5);

        follower.take(
                new Event.VoteAsked(
                        1, Member.peer(stranger, RaftPeer.State.CANDIDATE, 9, stranger)));
        assertRefused(follower, 500, "can not find peer: " + stranger);

        follower.take(beat(Member.peer(Member.B, RaftPeer.State.CANDIDATE, 6, Member.B)));
        assertRefused(follower, 400, "invalid state from master, state: CANDIDATE");

        follower.commit(Member.C, 6, Member.datum(Member.META + "s", 1));
        assertRefused(
                follower, 500, "peer(" + Member.C + ") tried to publish data but wasn't leader");

        follower.commit(Member.B, 6, Member.datum(Member.META + "s", 1));
        follower.take(beat(Member.peer(Member.B, RaftPeer.State.LEADER, 2, Member.B)));
        assertRefused(follower, 400, "out of date beat, beat-from-term: 2, beat-to-term: 6");
        follower.commit(Member.B, 2, Member.datum(Member.META + "t", 1));
        assertRefused(follower, 500, "out of date publish, pub-term:2, cur-term: 6");
    }

    private static Event beat(RaftPeer peer) {
        return new Event.BeatArrived(1, new Beat(peer, List.of()));
    }

    private static void assertRefused(Member member, int status, String text) {
        assertThat(member.effects)
                .filteredOn(effect -> effect instanceof Effect.ReplyText)
                .singleElement()
                .satisfies(
                        reply -> {
                            assertThat(((Effect.ReplyText) reply).status()).isEqualTo(status);
                            assertThat(((Effect.ReplyText) reply).text())
                                    .isEqualTo("caused: " + text + ";");
                        });
    }
}
