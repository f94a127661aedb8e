package dev.catamaran.server.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.convert.Loss;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.MemoryStack;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorTest {

    private static final Assignment TO_JRAFT = new Assignment(1, 1, Stack.LEGACY);

    private final MemoryStack legacy = new MemoryStack(Stack.LEGACY);
    private final MemoryStack jraft = new MemoryStack(Stack.JRAFT);
    private final Mirror mirror =
            new Mirror(
                    Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft),
                    ReconcileLimits.DEFAULT,
                    Duration.ofHours(1));

    @BeforeEach
    void start() {
        mirror.start();
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void copiesWhatIsThereAndWhatComes() {
        legacy.put(put("a", 1, "1"));
        mirror.assign(Optional.of(TO_JRAFT));
        awaitEqual();

        legacy.put(put("b", 1, "1"));
        legacy.put(put("a", 1, "2"));
        legacy.put(new RegistryCommand.RemoveInstance(key("b", 1)));
        awaitEqual();

        assertThat(jraft.origins())
                .isNotEmpty()
                .containsOnly(new WriteOrigin(WriteOrigin.Kind.MIRROR, 1));
        await().until(() -> mirror.status().lagRecords() == 0);
    }

    @Test
    void whileWritesGoOnNoDifferenceIsWithoutLag() {
        mirror.assign(Optional.of(TO_JRAFT));
        await().until(() -> mirror.status().sourceComplete());

        for (int write = 0; write < 2_000; write++) {
            legacy.put(put("a", write % 50, Integer.toString(write)));
            MirrorStatus status = mirror.status();
            assertThat(status.lagRecords() > 0 || balanced(status)).as("write " + write).isTrue();
        }
        awaitEqual();
    }

    @Test
    void aDifferenceThatStandsIsNoLag() {
        mirror.assign(Optional.of(TO_JRAFT));
        await().until(() -> mirror.status().sourceComplete());
        // of a change of the target the mirror is not told
        jraft.put(put("only-here", 1, "1"));

        await().until(() -> !balanced(mirror.status()) && mirror.status().lagRecords() == 0);
    }

    private static boolean balanced(MirrorStatus status) {
        return status.legacyDigest().equals(status.jraftDigest());
    }

    @Test
    void removesNothingFromATargetWhoseSourceIsNotComplete() {
        jraft.put(put("only-here", 1, "1"));
        legacy.reachable(false);
        mirror.assign(Optional.of(TO_JRAFT));
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> jraft.table().serviceCount() == 1);

        legacy.reachable(true);
        await().until(() -> mirror.status().quarantined() == 1);
        assertThat(jraft.table().serviceCount()).isEqualTo(1);
        mirror.confirmDeletes();
        awaitEqual();
    }

    @Test
    void removesNothingWhileTheSourceCannotBeReadWhole() {
        jraft.put(put("unreadable-there", 1, "1"));
        for (int i = 0; i < 5; i++) {
            legacy.put(put("svc-" + i, 1, "1"));
        }
        legacy.complete(false);
        mirror.assign(Optional.of(TO_JRAFT));
        await().until(() -> jraft.table().serviceCount() == 6);

        assertThat(mirror.status().sourceComplete()).isFalse();
        Drained drained = mirror.drain(1, StackPosition.NONE, Duration.ofSeconds(1)).join();
        assertThat(drained.equal()).isFalse();
        assertThat(drained.problem()).contains("cannot be read");

        legacy.complete(true);
        mirror.assign(Optional.of(new Assignment(1, 2, Stack.LEGACY)));
        awaitEqual();
    }

    @Test
    void holdsBackAMassDeleteUntilAPersonConfirms() {
        for (int i = 0; i < 200; i++) {
            jraft.put(put("svc-" + i, 1, "1"));
        }
        legacy.put(put("svc-0", 1, "1"));
        mirror.assign(Optional.of(TO_JRAFT));

        await().until(() -> mirror.status().quarantined() > 0);
        assertThat(jraft.table().serviceCount()).isEqualTo(200);
        Drained drained = mirror.drain(1, StackPosition.NONE, Duration.ofSeconds(2)).join();
        assertThat(drained.equal()).isFalse();
        assertThat(drained.problem()).isNotEmpty();

        mirror.confirmDeletes();
        awaitEqual();
        await().until(() -> mirror.status().quarantined() == 0);
    }

    /** All of it goes, but somebody removed it: nothing is missing without a reason. */
    @Test
    void whatWasRemovedBeforeAFullPassIsNoMassDelete() {
        Map<Stack, RegistryStack> both = Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft);
        try (Mirror always = new Mirror(both, ReconcileLimits.DEFAULT, Duration.ZERO)) {
            for (int i = 0; i < 5; i++) {
                legacy.put(put("svc-" + i, 1, "1"));
            }
            always.start();
            always.assign(Optional.of(TO_JRAFT));
            awaitEqual();

            jraft.reachable(false);
            for (int i = 0; i < 5; i++) {
                legacy.put(new RegistryCommand.RemoveService(ServiceKey.of("", "", "svc-" + i)));
            }
            jraft.reachable(true);
            awaitEqual();
        }
    }

    @Test
    void aDrainCopiesWhatWasRemovedBeforeItWeighsWhatIsMissing() {
        AtomicBoolean open = new AtomicBoolean(true);
        jraft.gate(
                (command, origin) ->
                        open.get() ? new WriteResult.Done() : new WriteResult.NotNow("closed"));
        for (int i = 0; i < 5; i++) {
            legacy.put(put("svc-" + i, 1, "1"));
        }
        mirror.assign(Optional.of(TO_JRAFT));
        awaitEqual();
        open.set(false);
        for (int i = 0; i < 5; i++) {
            legacy.put(new RegistryCommand.RemoveService(ServiceKey.of("", "", "svc-" + i)));
        }
        mirror.assign(Optional.of(new Assignment(2, 1, Stack.LEGACY, true)));
        open.set(true);

        Drained drained = mirror.drain(2, StackPosition.NONE, Duration.ofSeconds(10)).join();
        assertThat(drained.equal()).as(drained.problem()).isTrue();
        assertThat(jraft.table().serviceCount()).isZero();
    }

    @Test
    void copiesInPartsWhatIsMoreThanOnePlanHolds() {
        ReconcileLimits small = ReconcileLimits.DEFAULT.withMaxCommands(3);
        Map<Stack, MemoryStack> both = Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft);
        try (Mirror slow = new Mirror(Map.copyOf(both), small, Duration.ofHours(1))) {
            for (int i = 0; i < 20; i++) {
                legacy.put(put("svc-" + i, 1, "1"));
            }
            slow.start();
            slow.assign(Optional.of(TO_JRAFT));
            awaitEqual();
            await().until(() -> slow.status().lagRecords() == 0);

            for (int i = 20; i < 40; i++) {
                legacy.put(put("svc-" + i, 1, "1"));
            }
            assertThat(slow.drain(1, StackPosition.NONE, Duration.ofSeconds(20)).join().equal())
                    .isTrue();
        }
    }

    @Test
    void reportsWhatOperatorsSetThatTheOtherStackWillNotHave() {
        InstanceKey known = key("a", 1);
        TreeMap<String, String> none = new TreeMap<>();
        jraft.put(put("a", 1, "1"));
        jraft.overrides(
                List.of(
                        new OverrideRecord(known, 1, false, none),
                        new OverrideRecord(key("gone", 1), 1, false, none)));
        mirror.assign(Optional.of(new Assignment(1, 1, Stack.JRAFT)));
        await().until(() -> legacy.table().serviceCount() == 1);
        await().until(() -> mirror.status().findings().size() == 2);

        assertThat(mirror.status().findings().stream().map(Loss::rule))
                .containsExactly("override-not-mirrored", "override-without-instance");
        assertThat(mirror.status().findings().get(0).blocking()).isTrue();
        assertThat(mirror.status().findings().get(0).key()).isEqualTo("override of " + known);
    }

    @Test
    void drainsToEqualDigestsAndSaysSo() {
        legacy.put(put("a", 1, "1"));
        mirror.assign(Optional.of(TO_JRAFT));

        Drained drained = mirror.drain(1, StackPosition.NONE, Duration.ofSeconds(5)).join();

        assertThat(drained.equal()).isTrue();
        assertThat(drained.digest()).isEqualTo(legacy.table().digest().hex());
        assertThat(drained.target().groups()).containsKey("jraft");
    }

    /** An ordinary turn may have read the source before it was sealed (docs/model.md). */
    @Test
    void behindAFenceOnlyADrainCopies() {
        legacy.put(put("a", 1, "1"));
        mirror.assign(Optional.of(new Assignment(1, 1, Stack.LEGACY, true)));
        await().until(() -> mirror.status().running());
        assertThat(jraft.origins()).isEmpty();

        assertThat(mirror.drain(1, StackPosition.NONE, Duration.ofSeconds(5)).join().equal())
                .isTrue();
        assertThat(jraft.origins()).isNotEmpty();
    }

    @Test
    void doesNotDrainUnderAnotherEpoch() {
        mirror.assign(Optional.of(TO_JRAFT));

        Drained drained = mirror.drain(2, StackPosition.NONE, Duration.ofSeconds(1)).join();

        assertThat(drained.equal()).isFalse();
        assertThat(drained.problem()).contains("epoch 2");
    }

    @Test
    void triesAgainWhatTheTargetRefused() {
        AtomicInteger asked = new AtomicInteger();
        jraft.gate(
                (command, origin) ->
                        asked.incrementAndGet() % 3 == 0
                                ? new WriteResult.Done()
                                : new WriteResult.NotNow("no leader"));
        for (int i = 0; i < 5; i++) {
            legacy.put(put("svc-" + i, 1, "1"));
        }
        mirror.assign(Optional.of(TO_JRAFT));

        awaitEqual();
        assertThat(mirror.status().failed()).isPositive();
    }

    @Test
    void copiesBackAfterTheSwitch() {
        jraft.put(put("a", 1, "1"));
        mirror.assign(Optional.of(new Assignment(3, 1, Stack.JRAFT)));
        awaitEqual();
        assertThat(legacy.table().serviceCount()).isEqualTo(1);

        mirror.assign(Optional.empty());
        await().until(() -> !mirror.status().running());
    }

    private void awaitEqual() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> legacy.table().digest().equals(jraft.table().digest()));
    }

    private static InstanceKey key(String service, int port) {
        return new InstanceKey(ServiceKey.of("", "", service), "10.0.0.1", port, "");
    }

    private static RegistryCommand put(String service, int port, String value) {
        return new RegistryCommand.PutInstance(
                InstanceRecord.persistent(key(service, port), 1, true, Map.of("v", value)));
    }
}
