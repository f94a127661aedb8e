package dev.catamaran.server.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.MemoryStack;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.transition.ManualWatch;
import dev.catamaran.server.transition.TransitionView.Knowledge;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteServiceTest {

    private static final UpgradeState MIRRORING = UpgradeState.START.movedTo(Phase.MIRRORING);
    private static final UpgradeState FENCED = MIRRORING.fencedFor(Phase.JRAFT);
    private static final InstanceKey KEY =
            new InstanceKey(ServiceKey.of("", "", "orders"), "10.0.0.1", 80, "");
    private static final RegistryCommand PUT =
            new RegistryCommand.PutInstance(InstanceRecord.persistent(KEY, 1, true, Map.of()));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryStack legacy = new MemoryStack(Stack.LEGACY);
    private final MemoryStack jraft = new MemoryStack(Stack.JRAFT);
    private final ManualWatch watch = new ManualWatch(MIRRORING);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void goesToThePrimaryUnderTheEpochItWasDecidedUnder() {
        assertThat(write(service(Duration.ofSeconds(2)))).isEqualTo(new WriteResult.Done());

        assertThat(legacy.origins()).containsExactly(new WriteOrigin(WriteOrigin.Kind.CLIENT, 1));
        assertThat(jraft.origins()).isEmpty();
    }

    @Test
    void aWriteHeldByAFenceGoesOnOnTheNewPrimary() {
        WriteService service = service(Duration.ofSeconds(20));
        watch.move(FENCED);
        CompletableFuture<WriteResult> held = service.write(PUT);
        assertThat(held).isNotDone();
        assertThat(service.heldCount()).isEqualTo(1);

        watch.move(FENCED.movedTo(Phase.JRAFT));

        assertThat(join(held)).isEqualTo(new WriteResult.Done());
        assertThat(jraft.origins()).containsExactly(new WriteOrigin(WriteOrigin.Kind.CLIENT, 3));
        assertThat(legacy.origins()).isEmpty();
        assertThat(service.heldCount()).isZero();
    }

    @Test
    void aHoldEndsAsRetryAndWritesNothing() {
        watch.move(FENCED);

        assertThat(write(service(Duration.ofMillis(60)))).isInstanceOf(WriteResult.NotNow.class);
        assertThat(legacy.origins()).isEmpty();
        assertThat(jraft.origins()).isEmpty();
    }

    @Test
    void aMemberThatHasNotConfirmedThePhaseWritesNothing() {
        watch.publish(MIRRORING, Knowledge.UNCONFIRMED);

        WriteResult result = write(service(Duration.ofMillis(60)));

        assertThat(result).isInstanceOf(WriteResult.NotNow.class);
        assertThat(((WriteResult.NotNow) result).because()).contains("not confirmed the phase");
        assertThat(legacy.origins()).isEmpty();
    }

    @Test
    void whatWasCertainlyNotExecutedIsOfferedAgain() {
        AtomicInteger asked = new AtomicInteger();
        legacy.gate(
                (command, origin) ->
                        asked.incrementAndGet() < 3
                                ? new WriteResult.NotNow("no leader")
                                : new WriteResult.Done());

        assertThat(write(service(Duration.ofSeconds(20)))).isEqualTo(new WriteResult.Done());
        assertThat(legacy.origins()).hasSize(1);
    }

    @Test
    void aMoveThatLetsNobodyThroughEndsAtOnce() {
        legacy.gate((command, origin) -> new WriteResult.NotNow("another epoch"));
        WriteService service = service(Duration.ofSeconds(20));
        CompletableFuture<WriteResult> held = service.write(PUT);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> watch.move(FENCED));
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> watch.move(FENCED.movedTo(Phase.JRAFT)));

        assertThat(join(held)).isEqualTo(new WriteResult.Done());
        assertThat(jraft.origins()).hasSize(1);
    }

    @Test
    void anUnknownOutcomeIsNeverRepeated() {
        AtomicInteger asked = new AtomicInteger();
        legacy.gate(
                (command, origin) -> {
                    asked.incrementAndGet();
                    return new WriteResult.Unknown("leader lost");
                });

        assertThat(write(service(Duration.ofSeconds(2))))
                .isEqualTo(new WriteResult.Unknown("leader lost"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void anEphemeralInstanceIsRefusedForWhatItIs() {
        InstanceRecord ephemeral =
                new InstanceRecord(
                        KEY, 1, true, true, true, new TreeMap<>(), "", LegacyExtras.NONE);

        assertThat(
                        join(
                                service(Duration.ofSeconds(2))
                                        .write(new RegistryCommand.PutInstance(ephemeral))))
                .isInstanceOf(WriteResult.Rejected.class);
    }

    private WriteService service(Duration hold) {
        Map<Stack, RegistryStack> stacks = Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft);
        WriteService service = new WriteService(stacks, watch, timer, hold);
        service.start();
        return service;
    }

    private static WriteResult write(WriteService service) {
        return join(service.write(PUT));
    }

    private static WriteResult join(CompletableFuture<WriteResult> result) {
        return result.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
