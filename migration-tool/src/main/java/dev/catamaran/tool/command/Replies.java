package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How the verbs that check homes answer: text for people, one JSON object for scripts. */
final class Replies {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private Optional<HomeJob> job = Optional.empty();

    Replies(CommandSpec spec, boolean json) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
        this.json = json;
    }

    /** The answer will be the end of this job. */
    void recordedBy(HomeJob home) {
        job = Optional.of(home);
    }

    /** How to go on with the job of this verb, once it has begun. */
    Optional<String> resume() {
        return job.flatMap(HomeJob::resume);
    }

    /** Where people are told what scripts do not read. */
    PrintWriter err() {
        return err;
    }

    /** A line about work that goes on; scripts do not get it. */
    void progress(String line) {
        if (!json) {
            err.println(line);
            err.flush();
        }
    }

    /** Everything is done. */
    int done(List<String> lines, List<Finding> findings) {
        return done(lines, findings, Map.of());
    }

    /** Everything is done; scripts get more. */
    int done(List<String> lines, List<Finding> findings, Map<String, Object> more) {
        answer("done", lines, findings, more);
        return ExitCodes.DONE;
    }

    /** Nothing was changed, for all these reasons. */
    int refused(List<Finding> findings) {
        answer("refused", List.of("Refused; nothing was changed."), findings, Map.of());
        return ExitCodes.REFUSED;
    }

    /** It was tried and failed. */
    int failed(String what, List<String> lines) {
        List<String> all = new ArrayList<>(List.of("failed: " + what));
        all.addAll(lines);
        answer("failed", all, List.of(), Map.of());
        return ExitCodes.FAILED;
    }

    /** It was done, and the result is bad: the findings say how. */
    int bad(List<String> lines, List<Finding> findings, Map<String, Object> more) {
        answer("failed", lines, findings, more);
        return ExitCodes.FAILED;
    }

    private void answer(
            String outcome, List<String> lines, List<Finding> found, Map<String, Object> more) {
        List<Finding> findings = new ArrayList<>(found);
        Optional<String> id = job.flatMap(HomeJob::id);
        job.ifPresent(it -> findings.addAll(it.finish(outcome.equals("done"), said(lines, found))));
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("outcome", outcome);
            object.put("lines", lines);
            object.put("findings", findings);
            object.putAll(more);
            id.ifPresent(it -> object.put("job", it));
            out.println(JSON.writeValueAsString(object));
        } else {
            PrintWriter to = outcome.equals("done") ? out : err;
            findings.forEach(finding -> to.println(finding.text()));
            lines.forEach(to::println);
            to.flush();
        }
        out.flush();
    }

    private static String said(List<String> lines, List<Finding> findings) {
        return Stream.concat(findings.stream().map(Finding::text), lines.stream())
                .map(String::strip)
                .collect(Collectors.joining("; "));
    }
}
