package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.JobState;
import dev.catamaran.tool.job.Journal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Lists jobs, the newest first. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = "Lists jobs, the newest first.",
        footer = {"", "Example:", "  catamaran jobs list --state failed,running --json"})
final class JobsListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "Only jobs in one of these states: ${COMPLETION-CANDIDATES}.")
    private List<JobState> states = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most jobs listed (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print the jobs as a JSON array.")
    private boolean json;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--limit is " + limit + ", at least 1");
        }
        Set<JobState> only =
                states.isEmpty() ? EnumSet.noneOf(JobState.class) : EnumSet.copyOf(states);
        PrintWriter out = spec.commandLine().getOut();
        try (Journal journal = journals.openExisting(System.getenv())) {
            List<Job> jobs = journal.jobs(only, limit);
            if (json) {
                ArrayNode list = JsonMapper.builder().build().createArrayNode();
                jobs.forEach(job -> list.add(JobText.json(job)));
                out.println(list);
            } else {
                out.println(JobText.HEAD);
                jobs.forEach(job -> out.println(JobText.line(job)));
            }
        }
        out.flush();
        return ExitCodes.DONE;
    }
}
