package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Jobs as text and as JSON. */
final class JobText {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_STEPS = 50;

    /** Longer values, such as the marks of a rebuild's groups, are for programs. */
    private static final int MAX_VALUE = 300;

    private static final int MAX_LISTED = 120;

    private JobText() {}

    static final String HEAD =
            "%-22s %-11s %-14s %-20s %9s  %s"
                    .formatted("ID", "STATE", "VERB", "CREATED (UTC)", "SECONDS", "OUTCOME");

    static String line(Job job) {
        String outcome = job.outcome().isEmpty() ? target(job) : job.outcome();
        return "%-22s %-11s %-14s %-20s %9s  %s"
                .formatted(
                        job.id(),
                        state(job),
                        job.verb(),
                        time(job.times().createdMs()),
                        seconds(job),
                        oneLine(outcome));
    }

    /** The state as a person needs it: a job whose worker died is not running. */
    static String state(Job job) {
        return job.isInterrupted() ? "interrupted" : lower(job.state());
    }

    private static String target(Job job) {
        String from =
                Stream.of("from", "homes", "home")
                        .map(name -> job.arguments().getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("");
        String to = job.arguments().getOrDefault("to", "");
        return from.replace("\n", ", ") + (to.isEmpty() ? "" : " -> " + to);
    }

    private static String time(long ms) {
        return ms == 0 ? "-" : Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String seconds(Job job) {
        Job.Times times = job.times();
        return times.endedMs() == 0
                ? "-"
                : "%.1f".formatted((times.endedMs() - times.startedMs()) / 1000.0);
    }

    static String whole(Job job, List<Step> steps) {
        StringBuilder text = new StringBuilder();
        field(text, "job", job.id());
        field(text, "state", state(job));
        field(text, "verb", job.verb());
        field(text, "ordered by", job.who() + " on " + job.host());
        job.arguments()
                .forEach(
                        (name, value) -> {
                            if (!value.isEmpty()) {
                                field(text, "  " + name, value.replace("\n", ", "));
                            }
                        });
        field(text, "created", time(job.times().createdMs()));
        field(text, "started", time(job.times().startedMs()));
        field(text, "ended", time(job.times().endedMs()));
        field(text, "worker", job.claim().worker() + " (claim " + job.claim().fence() + ")");
        field(text, "source", job.digests().source());
        field(text, "before", job.digests().before());
        field(text, "after", job.digests().after());
        plan(text, job.plan());
        long done = steps.stream().filter(step -> step.state() == Step.State.DONE).count();
        field(text, "steps", done + " of " + steps.size() + " done");
        steps.stream()
                .sorted(Comparator.comparing(step -> step.state() == Step.State.DONE))
                .limit(MAX_STEPS)
                .forEach(step -> field(text, "  " + lower(step.state()), line(step)));
        if (steps.size() > MAX_STEPS) {
            field(text, "  …", (steps.size() - MAX_STEPS) + " more, see --json");
        }
        field(text, "outcome", job.outcome());
        if (!job.state().isFinished() && !job.claim().live()) {
            field(text, "resume", "catamaran jobs resume " + job.id());
        }
        return text.toString().stripTrailing();
    }

    /** The plan is JSON, for programs; people get its fields one by one. */
    private static void plan(StringBuilder text, String plan) {
        if (plan.isEmpty()) {
            field(text, "plan", "not made yet");
            return;
        }
        field(text, "plan", "");
        for (Map.Entry<String, JsonNode> entry : JSON.readTree(plan).properties()) {
            JsonNode value = entry.getValue();
            String shown =
                    value.isArray()
                            ? value.valueStream()
                                    .map(JobText::plain)
                                    .collect(Collectors.joining("; "))
                            : plain(value);
            if (!shown.isEmpty()) {
                field(text, "  " + entry.getKey(), shortened(shown));
            }
        }
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }

    private static String shortened(String text) {
        return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "…, see --json" : text;
    }

    private static String oneLine(String text) {
        String flat = text.replace('\n', ' ');
        return flat.length() > MAX_LISTED ? flat.substring(0, MAX_LISTED) + "…" : flat;
    }

    private static String line(Step step) {
        return step.subject()
                + (step.detail().isEmpty() ? "" : ": " + step.detail())
                + (step.digest().isEmpty() ? "" : ", digest " + step.digest());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append("%-16s %s%n".formatted(name, value));
    }

    static ObjectNode json(Job job) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", job.id());
        node.put("verb", job.verb());
        node.put("state", job.isInterrupted() ? "INTERRUPTED" : job.state().name());
        node.put("who", job.who());
        node.put("host", job.host());
        ObjectNode arguments = node.putObject("arguments");
        job.arguments().forEach(arguments::put);
        node.set(
                "plan", job.plan().isEmpty() ? JSON.createObjectNode() : JSON.readTree(job.plan()));
        node.put("sourceDigest", job.digests().source());
        node.put("beforeDigest", job.digests().before());
        node.put("afterDigest", job.digests().after());
        node.put("createdMs", job.times().createdMs());
        node.put("startedMs", job.times().startedMs());
        node.put("endedMs", job.times().endedMs());
        node.put("outcome", job.outcome());
        node.put("worker", job.claim().worker());
        node.put("fence", job.claim().fence());
        node.put("running", job.state() == JobState.RUNNING && job.claim().live());
        return node;
    }

    static ObjectNode json(Job job, List<Step> steps) {
        ObjectNode node = json(job);
        for (Step step : steps) {
            ObjectNode item = node.withArray("steps").addObject();
            item.put("number", step.number());
            item.put("subject", step.subject());
            item.put("state", step.state().name());
            item.put("digest", step.digest());
            item.put("detail", step.detail());
            item.put("endedMs", step.endedMs());
        }
        return node;
    }
}
