package dev.catamaran.tool.command;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.HomeStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which version of each home is live. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Says whether the old or the rebuilt data of each home is live, and what to do.",
            "",
            "Changes nothing, and needs no lock. Exit code 1 when a rebuild or an undo has to be"
                    + " ended, in one home or in some of the homes of one plan: name all homes of a"
                    + " cluster together."
        },
        footer = {"", "Example:", "  catamaran rebuild status /home/nacos"})
final class RebuildStatusCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "HOME", description = "Homes.")
    private List<Path> homes;

    @Override
    public Integer call() {
        Replies replies = new Replies(spec, json);
        List<Finding> missing = RebuildUndoCommand.missing(homes);
        if (!missing.isEmpty()) {
            return replies.refused(missing);
        }
        List<HomeStatus> all = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try {
            for (Path home : homes) {
                HomeStatus status = HomeStatus.of(HomeLayout.of(home));
                all.add(status);
                lines.add(status.home() + ": " + status.live());
                lines.add("    " + status.what());
                lines.add("    " + status.todo());
                if (status.history().size() > 1) {
                    lines.add("    All rebuilds of this home, the newest first:");
                    status.history().forEach(past -> lines.add("      " + past.text()));
                }
            }
        } catch (IOException e) {
            return replies.failed(Failures.text(e), lines);
        }
        Map<String, Object> more = Map.of("homes", all);
        List<Finding> half = HomeStatus.halfDone(all);
        return half.isEmpty() && all.stream().allMatch(HomeStatus::settled)
                ? replies.done(lines, List.of(), more)
                : replies.bad(lines, half, more);
    }
}
