package dev.catamaran.tool.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.nacos.api.exception.NacosException;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.Counts;
import dev.catamaran.tool.history.FinalView;
import dev.catamaran.tool.history.Finding;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.HistoryChecker;
import dev.catamaran.tool.history.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writers and readers against members that share one map, with and without faults. */
class LoadTest {

    @TempDir Path scratch;

    private final History history = new History();
    private FakeRegistry registry;
    private Load load;

    @BeforeEach
    void start() throws IOException, NacosException {
        registry = new FakeRegistry(3);
        load =
                Load.connect(
                        new LoadSettings(registry.addresses(), 200, scratch),
                        history,
                        System::nanoTime,
                        member -> 1);
    }

    @AfterEach
    void stop() {
        load.close();
        registry.close();
    }

    private void write(int operations) {
        int from = history.size();
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                history.since(from).stream()
                                                .filter(Call.Write.class::isInstance)
                                                .count()
                                        >= operations);
    }

    private List<Finding> judged() throws IOException {
        FinalView view = load.shownBy(registry.addresses().get(0), "list");
        return new HistoryChecker(0).judge(history.calls(), List.of(view));
    }

    private Counts counts() {
        return Counts.of(history.calls(), 0, Long.MAX_VALUE);
    }

    @Test
    void writesThroughAllMembersWithBothClientsAndIsGreenWhenNothingIsLost() throws IOException {
        load.start();
        write(400);
        load.pause();
        assertThat(judged()).isEmpty();
        load.resume();
        write(200);
        load.stop();

        assertThat(judged()).isEmpty();
        assertThat(counts().refused() + counts().unknown()).isZero();
        Set<String> asked =
                history.calls().stream()
                        .filter(Call.Write.class::isInstance)
                        .map(Call::member)
                        .collect(Collectors.toSet());
        assertThat(asked).containsAll(registry.addresses()).contains(NacosClient.NAME).hasSize(4);
        assertThat(load.records()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        assertThat(load.spans()).hasSize(2);
        assertThat(load.readsAnswered()).isPositive();
    }

    @Test
    void isRedWhenAMemberDropsWhatItAcknowledged() throws IOException {
        registry.addresses()
                .forEach(member -> registry.fault(member, FakeRegistry.Fault.DROPS_SOME));
        load.start();
        write(600);
        load.stop();

        assertThat(judged()).anyMatch(finding -> finding.kind().fatal());
    }

    @Test
    void triesTheNextMemberWhenOneRefuses() throws IOException {
        registry.fault(registry.addresses().get(0), FakeRegistry.Fault.NOT_NOW);
        load.start();
        write(300);
        load.stop();

        assertThat(judged()).isEmpty();
        assertThat(counts().refused()).isZero();
        assertThat(counts().retried()).isPositive();
    }

    @Test
    void callsAnAnswerThatSaysUnknownUnknown() throws IOException {
        registry.addresses()
                .forEach(
                        member -> registry.fault(member, FakeRegistry.Fault.DOES_BUT_DOES_NOT_SAY));
        load.start();
        write(60);
        load.stop();

        assertThat(counts().acknowledged()).isZero();
        assertThat(counts().unknown()).isPositive();
        assertThat(judged()).noneMatch(finding -> finding.kind().fatal());
    }

    @Test
    void callsARefusedConnectionRefused() {
        Answer answer = new PlainClient().remove(new WrittenRecords().take(), "127.0.0.1:1");

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.permanent()).isFalse();
    }
}
