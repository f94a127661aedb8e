package dev.catamaran.server.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.MemoryStack;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.ManualWatch;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadViewTest {

    private static final UpgradeState MIRRORING = UpgradeState.START.movedTo(Phase.MIRRORING);
    private static final UpgradeState FENCED = MIRRORING.fencedFor(Phase.JRAFT);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryStack legacy = new MemoryStack(Stack.LEGACY);
    private final MemoryStack jraft = new MemoryStack(Stack.JRAFT);
    private final ManualWatch watch = new ManualWatch(MIRRORING);
    private final ReadView reads =
            new ReadView(Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft), watch, timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void goesOnReadingTheOldPrimaryUntilTheNewOneHasComeAsFar() {
        reads.start();
        jraft.reachable(false);
        watch.move(FENCED);
        watch.move(FENCED.movedTo(Phase.JRAFT));
        assertThat(reads.reading()).isEqualTo(Stack.LEGACY);

        jraft.reachable(true);

        await().until(() -> reads.reading() == Stack.JRAFT);
    }

    @Test
    void answersNothingFromACopyThatHasNotCaughtUpSinceTheStart() {
        watch.move(FENCED.movedTo(Phase.JRAFT));
        jraft.reachable(false);
        reads.start();
        reads.load();

        assertThat(reads.loaded()).isFalse();
        assertThatThrownBy(reads::readable).isInstanceOf(ReadView.NotLoaded.class);

        jraft.reachable(true);
        await().until(reads::loaded);
        assertThat(reads.readable()).isSameAs(jraft.table());
    }

    @Test
    void asksAStackOnlyForItsOwnPositions() {
        reads.start();
        TreeMap<String, Long> both = new TreeMap<>(Map.of("legacy", 7L, "jraft", 9L));
        watch.move(FENCED);
        watch.move(FENCED.movedTo(Phase.JRAFT), new StackPosition(both));

        await().until(() -> reads.reading() == Stack.JRAFT);
        assertThat(jraft.awaited())
                .containsExactly(new StackPosition(both).only(java.util.Set.of("jraft")));
    }
}
