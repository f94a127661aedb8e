package dev.catamaran.tool.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.Phase;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.Outcome;
import dev.catamaran.tool.history.Pause;
import dev.catamaran.tool.history.Value;
import dev.catamaran.tool.plan.Step;
import dev.catamaran.tool.report.StepReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final long MS = 1_000_000;
    private static final InstanceKey RECORD =
            new InstanceKey(ServiceKey.of("", "", "orders"), "10.0.0.1", 80, "DEFAULT");

    private final List<Call> calls = new ArrayList<>();

    private void acknowledged(long... endMs) {
        for (long end : endMs) {
            int n = calls.size() + 1;
            calls.add(
                    new Call.Write(
                            RECORD,
                            n,
                            1,
                            Value.version(n),
                            "m1",
                            (end - 5) * MS,
                            end * MS,
                            Outcome.ACKNOWLEDGED));
        }
    }

    private static Ledger.Taken taken(Step step, long fromMs, long untilMs) {
        return new Ledger.Taken(step, fromMs * MS, untilMs * MS, "", "", "", true);
    }

    @Test
    void givesAPauseToTheStepThatItOverlapsMostAndLeavesOutWantedOnes() {
        acknowledged(100, 200, 300, 1_300, 1_400, 5_000, 5_100);
        List<Pause.Span> spans =
                List.of(
                        new Pause.Span(50 * MS, 1_450 * MS),
                        new Pause.Span(4_900 * MS, 5_150 * MS));
        Ledger ledger = new Ledger(calls, spans, new Observations(() -> 0));
        Step.Move planned = new Step.Move(Phase.JRAFT, false, false);

        List<StepReport> reports =
                ledger.reports(
                        List.of(
                                taken(new Step.StartLoad(), 0, 350),
                                taken(planned, 350, 1_450),
                                taken(new Step.Checkpoint(false), 1_450, 4_900),
                                taken(new Step.Checkpoint(true), 4_900, 5_150)));

        assertThat(reports)
                .extracting(StepReport::longestWritePauseMs)
                .containsExactly(100L, 1_000L, 0L, 100L);
        assertThat(reports)
                .extracting(StepReport::plannedSwitch)
                .containsExactly(false, true, false, false);
        assertThat(reports)
                .extracting(report -> report.writes().acknowledged())
                .containsExactly(3L, 2L, 0L, 2L);
        assertThat(ledger.longestPauseMs()).isEqualTo(1_000);
        assertThat(ledger.seconds(5_150).get(0).acknowledged()).isEqualTo(3);
        assertThat(ledger.seconds(5_150).get(5).acknowledged()).isEqualTo(2);
    }
}
