package dev.catamaran.server.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import dev.catamaran.server.stack.MemoryStack;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two members of which one is dead; this one leads the only group of the legacy stack. */
class SealCollectorTest {

    private static final String SELF = "127.0.0.1:8848";
    private static final String DEAD = "127.0.0.1:8858";
    private static final UpgradeState FENCED =
            UpgradeState.START.movedTo(Phase.MIRRORING).fencedFor(Phase.JRAFT);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<Stack, RegistryStack> stacks =
            Map.of(
                    Stack.LEGACY, new MemoryStack(Stack.LEGACY),
                    Stack.JRAFT, new MemoryStack(Stack.JRAFT));
    private final SealCollector collector =
            new SealCollector(
                    new TwoMembers(),
                    new OneIsDead(),
                    new SealService(stacks, new ManualWatch(FENCED)),
                    timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void theLeadersAreEnoughOnTheWayDown() {
        assertThat(seal(false).join().groups()).containsKey("legacy");
    }

    @Test
    void nobodyIsLeftBehindOnTheWayUp() {
        assertThat(seal(true))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining(DEAD + " is not reached");
    }

    private CompletableFuture<StackPosition> seal(boolean everyone) {
        return collector.seal(Stack.LEGACY, Set.of("legacy"), 2, everyone, Duration.ofSeconds(3));
    }

    private static final class TwoMembers implements MemberDirectory {
        @Override
        public String self() {
            return SELF;
        }

        @Override
        public List<String> addresses() {
            return List.of(SELF, DEAD);
        }

        @Override
        public List<String> planned() {
            return List.of(SELF, DEAD);
        }

        @Override
        public List<MemberInfo> members() {
            return List.of();
        }
    }

    private static final class OneIsDead implements MemberClient {
        @Override
        public CompletableFuture<MemberResponse> send(
                String method,
                String address,
                String pathAndQuery,
                String contentType,
                byte[] body,
                Duration timeout) {
            return CompletableFuture.failedFuture(
                    new NotSentException("refused", new IllegalStateException()));
        }
    }
}
