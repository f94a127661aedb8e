package dev.catamaran.server.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Decision;
import dev.catamaran.judgement.Judge;
import dev.catamaran.judgement.JudgeSettings;
import dev.catamaran.judgement.MemberEvidence;
import dev.catamaran.judgement.Order;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.Verdict;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.stack.MemoryStack;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loop with the real judge, the real mirror and one member in memory. */
class JudgementLoopTest {

    private static final String SELF = "127.0.0.1:8848";

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryStack legacy = new MemoryStack(Stack.LEGACY);
    private final MemoryStack jraft = new MemoryStack(Stack.JRAFT);
    private final Map<Stack, RegistryStack> stacks =
            Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft);
    private final ManualGroup group = new ManualGroup();
    private final TransitionKeeper keeper =
            new TransitionKeeper(group, state -> {}, new SavedState.Absent());
    private final Mirror mirror = new Mirror(stacks, ReconcileLimits.DEFAULT, Duration.ofHours(1));
    private final MemberDirectory members = new OneMember();
    private final JudgementLoop loop = loop(Judge::step);

    @BeforeEach
    void start() {
        keeper.start();
        mirror.start();
        loop.start();
        legacy.put(put("orders", "1"));
        await().until(() -> group.applied().revision() == 1);
    }

    @AfterEach
    void stop() {
        loop.close();
        mirror.close();
        keeper.close();
        timer.shutdownNow();
    }

    @Test
    void givesTheClusterAnIdBeforeAnythingElse() {
        assertThat(group.applied().clusterId()).isNotEmpty();
        assertThat(group.applied().upgrade().phase()).isEqualTo(Phase.LEGACY);
    }

    @Test
    void climbsDownAndUpAgainAndFinalizes() {
        climb(Phase.MIRRORING);
        await().until(() -> jraft.table().digest().equals(legacy.table().digest()));
        climb(Phase.JRAFT);
        assertThat(group.applied().digest()).isEqualTo(jraft.table().digest().hex());
        assertThat(group.applied().readFrom().groups()).containsKeys("legacy", "jraft");

        jraft.put(put("payments", "1"));
        await().until(() -> jraft.table().digest().equals(legacy.table().digest()));
        climb(Phase.MIRRORING);
        climb(Phase.JRAFT);
        climb(Phase.FINALIZED);

        assertThat(group.applied().upgrade().epoch()).isEqualTo(9);
        assertThat(legacy.table().digest()).isEqualTo(jraft.table().digest());
    }

    @Test
    void refusesAStepThatLeavesOneOutAndSaysWhichComesFirst() {
        Decision decision = order(Phase.JRAFT);

        assertThat(decision.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(decision.because()).isNotEmpty();
        assertThat(group.applied().upgrade().phase()).isEqualTo(Phase.LEGACY);
    }

    @Test
    void fallsBackWhenTheStacksCannotBeMadeEqual() {
        climb(Phase.MIRRORING);
        await().until(() -> jraft.table().digest().equals(legacy.table().digest()));
        jraft.gate((command, origin) -> new WriteResult.Rejected("broken"));
        legacy.put(put("payments", "1"));

        Decision decision = order(Phase.JRAFT);

        if (decision.verdict() == Verdict.MOVED) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> group.applied().upgrade().phase() == Phase.MIRRORING);
            assertThat(group.applied().upgrade().epoch()).isEqualTo(3);
        }
        assertThat(group.applied().upgrade().primary()).isEqualTo(Optional.of(Stack.LEGACY));
    }

    @Test
    void ordersGoToTheLeaderOnly() {
        group.leading(false);

        assertThat(loop.order(new Order.Hold("lunch", "test")))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(JudgementLoop.NotLeading.class);
    }

    private void climb(Phase to) {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            Verdict verdict = order(to).verdict();
                            return verdict == Verdict.MOVED || verdict == Verdict.STAYED;
                        });
        await().atMost(Duration.ofSeconds(20)).until(() -> keeper.view().upgrade().phase() == to);
    }

    private Decision order(Phase to) {
        return loop.order(new Order.MoveTo(to, false, true, "test", "test"))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private JudgementLoop loop(Decider judge) {
        SealService seals = new SealService(stacks, keeper);
        seals.start();
        SealCollector collector = new SealCollector(members, new NoPeers(), seals, timer);
        return new JudgementLoop(
                group,
                new EvidenceSource(members, mirror, keeper),
                mirror,
                new FenceRunner(stacks, collector, mirror),
                judge,
                () -> JudgeSettings.DEFAULTS.withTimes(2_000, 1_500));
    }

    private static RegistryCommand put(String service, String value) {
        return new RegistryCommand.PutInstance(
                InstanceRecord.persistent(
                        new InstanceKey(ServiceKey.of("", "", service), "10.0.0.1", 80, ""),
                        1,
                        true,
                        Map.of("v", value)));
    }

    private static final class OneMember implements MemberDirectory {
        @Override
        public String self() {
            return SELF;
        }

        @Override
        public List<String> addresses() {
            return List.of(SELF);
        }

        @Override
        public List<String> planned() {
            return List.of(SELF);
        }

        @Override
        public List<MemberInfo> members() {
            return List.of(
                    new MemberInfo(
                            SELF,
                            true,
                            MemberInfo.Kind.CATAMARAN,
                            Optional.of(
                                    new MemberInfo.Said(
                                            MemberEvidence.Source.PROBE,
                                            0,
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            OptionalLong.empty(),
                                            Optional.empty())),
                            MemberInfo.Reach.GOOD,
                            MemberEvidence.Sightings.NONE));
        }
    }

    private static final class NoPeers implements MemberClient {
        @Override
        public CompletableFuture<MemberResponse> send(
                String method,
                String address,
                String pathAndQuery,
                String contentType,
                byte[] body,
                Duration timeout) {
            return CompletableFuture.failedFuture(
                    new NotSentException("no member " + address, new IllegalStateException()));
        }
    }
}
