package dev.catamaran.tool.report;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.history.Counts;
import dev.catamaran.tool.history.Finding;
import java.util.List;

/** Two small reports: one of a rehearsal that went well, one that lost a record. */
final class Reports {

    private static final StepReport START =
            new StepReport(
                    "start three members on 1.x data",
                    "LEGACY",
                    0,
                    6_200,
                    new Counts(0, 0, 0, 0),
                    0,
                    false,
                    0,
                    0,
                    "",
                    "127 records of the homes on every member",
                    true);

    private static final StepReport SWITCH =
            new StepReport(
                    "order JRAFT",
                    "JRAFT",
                    6_200,
                    2_100,
                    new Counts(40, 1, 2, 3),
                    730,
                    true,
                    12,
                    45,
                    "abcdef0123456789",
                    "ordered once",
                    true);

    private static final Timeline TIMELINE =
            new Timeline(
                    8_300,
                    List.of(
                            new Timeline.Band("LEGACY", 0, 6_300),
                            new Timeline.Band("JRAFT", 6_300, 8_300)),
                    List.of(new Timeline.Second(0, 0, 0), new Timeline.Second(20, 1, 2)),
                    List.of(new Timeline.LagSample(6_000, 3), new Timeline.LagSample(7_000, 0)),
                    List.of(new Timeline.Mark(6_200, Timeline.Mark.Kind.ORDER, "JRAFT <&>")));

    private Reports() {}

    static RehearsalReport passed() {
        return report(RehearsalReport.Verdict.PASSED, "all is there", List.of());
    }

    static RehearsalReport failed() {
        InstanceKey record =
                new InstanceKey(ServiceKey.of("", "", "orders"), "10.0.0.1", 80, "DEFAULT");
        return report(
                RehearsalReport.Verdict.FAILED,
                "lost 1",
                List.of(new Finding(Finding.Kind.LOST, record, "jraft of m1", "v2", "<b>v1</b>")));
    }

    private static RehearsalReport report(
            RehearsalReport.Verdict verdict, String because, List<Finding> findings) {
        return new RehearsalReport(
                verdict,
                because,
                8_300,
                127,
                new Counts(40, 1, 2, 3),
                Tally.of(findings, List.of()),
                1_200,
                730,
                55,
                4,
                List.of(START, SWITCH),
                List.of(new MemberReport("127.0.0.1:8848", "/tmp/x", 7, 6_100, 6_100, 204_800)),
                findings,
                List.of(),
                TIMELINE);
    }
}
