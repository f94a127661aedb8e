package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.Move;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JRaftTransitionGroupTest {

    @TempDir Path root;

    private final FixedWatch watch = new FixedWatch(UpgradeState.START);

    @Test
    void commitsInOrderRefusesTheSecondAndSurvivesALostLeader() throws Exception {
        try (ThreeMembers members = ThreeMembers.started(root, watch)) {
            members.awaitReady();
            JRaftServer leader = members.transitionLeader();
            List<Long> seen = new CopyOnWriteArrayList<>();
            JRaftServer other =
                    members.all().stream().filter(one -> one != leader).findFirst().orElseThrow();
            other.transition().onApplied(state -> seen.add(state.revision()));

            assertThat(propose(leader, 1, UpgradeState.START)).isTrue();
            assertThat(propose(leader, 1, UpgradeState.START)).isFalse();
            assertThat(propose(other, 2, UpgradeState.START)).isFalse();
            UpgradeState mirroring = UpgradeState.START.movedTo(Phase.MIRRORING);
            assertThat(propose(leader, 2, mirroring)).isTrue();
            assertThat(propose(leader, 3, mirroring.fencedFor(Phase.JRAFT))).isTrue();
            assertThat(propose(leader, 4, UpgradeState.START)).as("a lower epoch").isFalse();

            for (JRaftServer server : members.all()) {
                TransitionState confirmed =
                        server.transition().confirm(Duration.ofSeconds(5)).get(6, TimeUnit.SECONDS);
                assertThat(confirmed).isEqualTo(state(3, mirroring.fencedFor(Phase.JRAFT)));
            }
            assertThat(seen).containsExactly(1L, 2L, 3L);

            String gone = members.addressOf(leader);
            members.stop(gone);
            JRaftServer next = members.transitionLeader();
            assertThat(next.transition().applied().revision()).isEqualTo(3);
            assertThat(propose(next, 4, mirroring.fencedFor(Phase.JRAFT))).isTrue();

            JRaftServer back = members.start(gone);
            await().atMost(ThreeMembers.SOON)
                    .until(() -> back.transition().applied().revision() == 4);
            assertThat(back.transition().leader()).contains(members.addressOf(next));
            assertThat(back.transition().term()).isEqualTo(next.transition().term());
        }
    }

    @Test
    void aLeaderThatGivesUpIsFollowedByAnotherInEveryGroup() throws Exception {
        try (ThreeMembers members = ThreeMembers.started(root, watch)) {
            members.awaitReady();
            JRaftServer leader = members.transitionLeader();
            String address = members.addressOf(leader);

            await("nothing is led by " + address)
                    .atMost(ThreeMembers.SOON)
                    .until(
                            () -> {
                                leader.transition().giveUpLeadership("state-not-saved");
                                leader.stack().giveUpLeadership("state-not-saved");
                                return leader.transition()
                                                .leader()
                                                .filter(other -> !other.equals(address))
                                                .isPresent()
                                        && !leader.stack()
                                                .status()
                                                .leaders()
                                                .containsValue(address);
                            });
            assertThat(propose(members.transitionLeader(), 1, UpgradeState.START)).isTrue();
            for (JRaftServer server : members.all()) {
                await().atMost(ThreeMembers.SOON)
                        .until(() -> server.transition().history().size() == 1);
                Move told = server.transition().history().get(0);
                assertThat(told.by()).isEqualTo(members.addressOf(members.transitionLeader()));
                assertThat(told.atMs()).isPositive();
            }
        }
    }

    @Test
    void confirmsNothingWithoutAMajority() throws Exception {
        ThreeMembers members = new ThreeMembers(root, watch);
        try (members) {
            JRaftServer alone = members.start(members.addresses().get(0));

            assertThat(alone.transition().isLeader()).isFalse();
            assertThatThrownBy(
                            () ->
                                    alone.transition()
                                            .confirm(Duration.ofMillis(300))
                                            .get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("no majority of catamaran_transition");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        ThreeMembers members = new ThreeMembers(root, watch);
        try (members) {
            String address = members.addresses().get(0);
            members.start(address);
            JRaftSettings same =
                    JRaftSettings.of(
                            root.resolve("other"),
                            address,
                            members.addresses(),
                            Duration.ofSeconds(5));
            try (JRaftServer second = new JRaftServer(same)) {
                assertThatThrownBy(() -> second.start(watch))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("cannot listen on raft port 127.0.0.1:");
            }
        }
    }

    private static boolean propose(JRaftServer server, long revision, UpgradeState upgrade)
            throws Exception {
        return server.transition().propose(state(revision, upgrade)).get(10, TimeUnit.SECONDS);
    }

    private static TransitionState state(long revision, UpgradeState upgrade) {
        return new TransitionState("c1", revision, upgrade, StackPosition.NONE, "", "test");
    }
}
