package dev.catamaran.tool.history;

import static dev.catamaran.tool.history.Histories.RECORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final List<Value> OLD = List.of(Value.version(1));
    private static final List<Value> NEW = List.of(Value.version(2));

    private final History history = new History();

    @Test
    void keepsTheFirstAndTheLastOfReadingsThatSawTheSame() {
        Call write =
                new Call.Write(RECORD, 1, 1, Value.version(1), "m1", 0, 1, Outcome.ACKNOWLEDGED);
        history.add(write);
        for (int i = 0; i < 1_000; i++) {
            history.add(read("m1", i, OLD));
        }
        history.add(read("m1", 1_000, NEW));

        assertThat(history.calls())
                .containsExactly(
                        write, read("m1", 0, OLD), read("m1", 999, OLD), read("m1", 1_000, NEW));
    }

    @Test
    void keepsMembersApartAndEveryChange() {
        for (int i = 0; i < 10; i++) {
            history.add(read("m1", i, i % 2 == 0 ? OLD : NEW));
            history.add(read("m2", i, OLD));
        }

        assertThat(history.calls()).hasSize(12).contains(read("m2", 0, OLD), read("m2", 9, OLD));
    }

    private static Call.Read read(String member, long atNs, List<Value> seen) {
        return new Call.Read(RECORD, member, 1, atNs, atNs + 1, seen);
    }
}
