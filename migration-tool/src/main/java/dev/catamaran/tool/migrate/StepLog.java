package dev.catamaran.tool.migrate;

import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the ends of steps to the journal, some at a time: a step that ended but is not written yet
 * is done again after a crash, which does no harm.
 */
final class StepLog {

    private static final int MAX_UNWRITTEN = 200;
    private static final long MAX_UNWRITTEN_NANOS = 500_000_000L;

    private final Claim claim;
    private final Map<String, Step> steps = new HashMap<>();
    private final List<Step> unwritten = new ArrayList<>();
    private long writtenNanos = System.nanoTime();

    StepLog(Claim claim, List<Step> steps) {
        this.claim = claim;
        steps.forEach(step -> this.steps.put(step.subject(), step));
    }

    synchronized void ended(ServiceKey key, Step.State how, String detail) throws IOException {
        Step step = steps.get(key.text());
        if (step == null) {
            // work that was not planned: a record that another pass found different
            return;
        }
        unwritten.add(step.ended(how, detail));
        if (unwritten.size() >= MAX_UNWRITTEN
                || System.nanoTime() - writtenNanos > MAX_UNWRITTEN_NANOS) {
            flush();
        }
    }

    synchronized void flush() throws IOException {
        if (!unwritten.isEmpty()) {
            claim.ended(unwritten);
            unwritten.clear();
        }
        writtenNanos = System.nanoTime();
    }
}
