package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JobTextTest {

    private static final String PLAN =
            "{\"sourceVersion\":\"\",\"target\":\"Nacos 2.x (2.5.0)\",\"writes\":3,"
                    + "\"lost\":[\"a: one\",\"b: two\"]}";

    @Test
    void tellsThePlanFieldByFieldAndEveryStepWithItsDigest() {
        List<Step> steps =
                List.of(
                        Step.pending(0, "svc-0", "d0", "2 writes")
                                .ended(Step.State.DONE, "2 written"),
                        Step.pending(1, "svc-1", "d1", "1 writes"));

        assertThat(JobText.whole(job(JobState.FAILED, PLAN), steps).lines().map(String::strip))
                .contains(
                        "plan",
                        "target         Nacos 2.x (2.5.0)",
                        "writes         3",
                        "lost           a: one; b: two",
                        "steps            1 of 2 done",
                        "pending        svc-1: 1 writes, digest d1",
                        "done           svc-0: 2 written, digest d0",
                        "resume           catamaran jobs resume 17")
                .noneMatch(line -> line.contains("sourceVersion"))
                .noneMatch(line -> line.contains("{"));
    }

    @Test
    void showsTheOpenStepsFirstAndSaysHowManyMoreThereAre() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Step step = Step.pending(i, "svc-" + i, "", "");
            steps.add(i == 59 ? step : step.ended(Step.State.DONE, "written"));
        }

        List<String> lines =
                JobText.whole(job(JobState.RUNNING, ""), steps).lines().map(String::strip).toList();

        assertThat(lines).contains("plan             not made yet");
        assertThat(lines.get(lines.indexOf("steps            59 of 60 done") + 1))
                .startsWith("pending")
                .contains("svc-59");
        assertThat(lines).contains("…              10 more, see --json");
    }

    private static Job job(JobState state, String plan) {
        return new Job(
                "17",
                "migrate",
                "Zoë",
                "host-1",
                new TreeMap<>(Map.of("from", "a", "to", "b")),
                plan,
                state,
                new Job.Digests("s", "b", "a"),
                new Job.Times(1, 2, 3),
                "as said",
                new Job.Holder("w", 1, 0, false));
    }
}
