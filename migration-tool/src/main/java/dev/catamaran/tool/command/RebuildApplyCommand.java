package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.RebuildPlan;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import dev.catamaran.tool.rebuild.disk.Placed;
import dev.catamaran.tool.rebuild.disk.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Carries a plan out. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Carries a plan out over the homes of this machine.",
            "",
            "Locks them all, checks that they are as the plan found them, makes a rewritten copy of"
                    + " each, proves it equal to the original, and only then exchanges both."
                    + " Killed at any moment it may simply be run again."
        },
        footer = {
            "",
            "Example:",
            "  catamaran rebuild apply plan.json",
            "and with one home per machine, on each:",
            "  catamaran rebuild apply plan.json /home/nacos"
        })
final class RebuildApplyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions stores;

    @Option(
            names = "--source",
            paramLabel = "PATH-IN-PLAN=HERE",
            description =
                    "With shrink, grow and clone: where a copy of the home lies from which this one"
                            + " is made, if not at the path of the plan.")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check everything, change nothing.")
    private boolean dryRun;

    @Parameters(index = "0", paramLabel = "PLAN", description = "A file of rebuild plan.")
    private Path plan;

    @Parameters(
            index = "1..*",
            paramLabel = "HOME",
            description =
                    "Homes of this machine. Without them all homes of the plan must be here, at the"
                            + " paths of the plan.")
    private List<Path> homes = new ArrayList<>();

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() throws IOException {
        Map<String, Path> from = sourceHomes();
        PlanInput input = PlanInput.read(plan);
        if (input.plan().isEmpty()) {
            return stores.replies(spec).refused(input.findings());
        }
        RebuildPlan read = input.plan().get();
        return dryRun
                ? stores.run(spec, (work, replies) -> preview(work, replies, read))
                : stores.run(
                        spec,
                        new ApplyOrder(HomeOrders.APPLY, read, homes, from, stores.jar()),
                        journals);
    }

    private int preview(GroupWork work, Replies replies, RebuildPlan read) throws IOException {
        Placement placement = Placement.of(read, homes, work);
        List<Finding> findings = new ArrayList<>(placement.findings());
        for (Placed one : placement.placed()) {
            findings.addAll(Placement.present(read, one, work));
        }
        if (!Finding.anyRefuses(findings)) {
            findings.addAll(Placement.room(read, placement.placed()));
        }
        if (Finding.anyRefuses(findings)) {
            return replies.refused(findings);
        }
        List<String> lines = new ArrayList<>(RebuildTexts.of(read));
        lines.add("Nothing was changed (--dry-run).");
        return replies.done(lines, findings);
    }

    private Map<String, Path> sourceHomes() {
        Map<String, Path> from = new HashMap<>();
        for (String text : sources) {
            int sign = text.lastIndexOf('=');
            Path here = Path.of(text.substring(sign + 1));
            if (sign < 1 || !Files.isDirectory(here)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--source " + text + " is not PATH-IN-PLAN=FOLDER-HERE");
            }
            from.put(text.substring(0, sign), here.toAbsolutePath().normalize());
        }
        return from;
    }
}
