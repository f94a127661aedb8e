package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionWatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real switch {@code doubleWriteEnabled}: turned off, it means that there is no way back, so
 * here it orders FINALIZED and is answered when that is done. The judge refuses it while a 1.x
 * member is there, the stacks differ, or the phase is another than JRAFT. It is in force on every
 * member or on none, and stays so after any restart.
 *
 * <p>A real server turns it off without looking at anything (spec: upgrade-machinery D17, D34,
 * D35).
 */
public final class FinalizeSwitch {

    private static final String ENTRY = "doubleWriteEnabled";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Longer than the time a fence may be given on a member that is slow to apply. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Leadership leadership;
    private final TransitionWatch watch;
    private final ScheduledExecutorService timer;
    private final Duration limit;

    /**
     * A switch.
     *
     * @param leadership takes the order
     * @param watch tells how it ended
     * @param timer looks again; owned by the caller
     * @param fenceLimit how long the switch behind the order may take
     */
    public FinalizeSwitch(
            Leadership leadership,
            TransitionWatch watch,
            ScheduledExecutorService timer,
            Duration fenceLimit) {
        this.leadership = requireNonNull(leadership, "leadership is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.limit = fenceLimit.plus(GRACE);
    }

    /**
     * Changes a switch.
     *
     * @param entry its name
     * @param value {@code true} or {@code false}
     * @param debug whether this member alone is meant, as real servers allow
     * @param dryRun whether only to say what would be decided
     * @param by who asks, for the log
     */
    CompletableFuture<OpsAnswer> change(
            String entry, String value, boolean debug, boolean dryRun, String by) {
        if (!entry.equals(ENTRY)) {
            return refuse(
                    NOT_SERVED,
                    "switch-not-served",
                    "the switch '" + entry + "' is not served; nothing was changed",
                    "the one that is served is " + ENTRY);
        }
        if (debug) {
            return refuse(
                    OpsAnswer.ILLEGAL,
                    "one-member-only",
                    "debug=true would change this member alone, and then members disagree",
                    "leave debug out");
        }
        return switch (value) {
            case "true" -> stayOn();
            case "false" -> dryRun ? asked(by) : finalizeNow(by);
            default ->
                    refuse(
                            OpsAnswer.ILLEGAL,
                            "bad-value",
                            "'" + value + "' is neither true nor false",
                            "say value=false to finalize");
        };
    }

    private static final int NOT_SERVED = 501;

    private CompletableFuture<OpsAnswer> stayOn() {
        if (phase() == Phase.FINALIZED) {
            return refuse(
                    OpsAnswer.REFUSED,
                    "finalized-is-final",
                    "the cluster is finalized, nothing is written twice any more",
                    "nothing leads away from here; a backup of the 1.x data is in the archive");
        }
        return CompletableFuture.completedFuture(new OpsAnswer(OpsAnswer.OK, "ok"));
    }

    private CompletableFuture<OpsAnswer> finalizeNow(String by) {
        if (phase() == Phase.FINALIZED) {
            return CompletableFuture.completedFuture(new OpsAnswer(OpsAnswer.OK, "ok"));
        }
        return order(by, false)
                .thenCompose(
                        answer ->
                                answer.status() == OpsAnswer.OK
                                        ? ended(JSON.readTree(answer.json()).path("epoch").asLong())
                                        : CompletableFuture.completedFuture(answer));
    }

    /** What would be decided; nothing is. */
    private CompletableFuture<OpsAnswer> asked(String by) {
        return order(by, true);
    }

    private CompletableFuture<OpsAnswer> order(String by, boolean dryRun) {
        byte[] order =
                JSON.writeValueAsString(
                                Map.of(
                                        "to",
                                        Phase.FINALIZED.name(),
                                        "confirm",
                                        true,
                                        "dryRun",
                                        dryRun,
                                        "reason",
                                        ENTRY + "=false",
                                        "by",
                                        by))
                        .getBytes(StandardCharsets.UTF_8);
        return leadership.order(OrderJson.Kind.PHASE, order);
    }

    private Phase phase() {
        return watch.view().upgrade().phase();
    }

    /** Waits for the end of the switch whose fence has this epoch. */
    private CompletableFuture<OpsAnswer> ended(long epoch) {
        CompletableFuture<OpsAnswer> answer = new CompletableFuture<>();
        look(epoch, System.nanoTime() + limit.toNanos(), answer);
        return answer;
    }

    private void look(long epoch, long deadlineNanos, CompletableFuture<OpsAnswer> answer) {
        TransitionView view = watch.view();
        if (view.upgrade().phase() == Phase.FINALIZED) {
            answer.complete(new OpsAnswer(OpsAnswer.OK, "ok"));
        } else if (view.upgrade().epoch() > epoch) {
            answer.complete(
                    reason(
                            OpsAnswer.REFUSED,
                            "fell-back",
                            "the switch to FINALIZED fell back to " + view.upgrade().phase(),
                            "see /catamaran/v1/explain for the reason, and try again"));
        } else if (System.nanoTime() - deadlineNanos > 0) {
            answer.complete(
                    reason(
                            OpsAnswer.UNKNOWN,
                            "outcome-unknown",
                            "the switch was ordered; its end did not reach this member in time",
                            "look at /catamaran/v1/status before you repeat it"));
        } else {
            timer.schedule(
                    () -> look(epoch, deadlineNanos, answer),
                    LOOK.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private static CompletableFuture<OpsAnswer> refuse(
            int status, String rule, String evidence, String change) {
        return CompletableFuture.completedFuture(reason(status, rule, evidence, change));
    }

    private static OpsAnswer reason(int status, String rule, String evidence, String change) {
        return new OpsAnswer(status, Reasons.one(rule, evidence, change).toString());
    }
}
