package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import dev.catamaran.tool.rebuild.disk.Rebuilds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes what rebuilt homes keep for an undo. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Removes the data that rebuilt homes keep for an undo, which gives its room back.",
            "",
            "There is no undo afterwards. Without --yes it only shows what would be removed."
                + " Refused while a server runs on a home, or a rebuild or an undo has to be ended."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran rebuild forget /home/nacos",
            "  catamaran rebuild forget /mnt/n1 /mnt/n2 /mnt/n3 --yes"
        })
final class RebuildForgetCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions stores;

    @Option(names = "--yes", description = "Remove it.")
    private boolean yes;

    @Parameters(arity = "1..*", paramLabel = "HOME", description = "Homes that were rebuilt.")
    private List<Path> homes;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() {
        List<Finding> missing = RebuildUndoCommand.missing(homes);
        if (!missing.isEmpty()) {
            return stores.replies(spec).refused(missing);
        }
        return yes
                ? stores.run(spec, new ForgetOrder(homes), journals)
                : stores.run(spec, homes, this::preview);
    }

    private int preview(GroupWork work, Replies replies) throws IOException {
        Rebuilds.Outcome outcome = new Rebuilds(work, replies::progress).forget(homes, true);
        return outcome instanceof Rebuilds.Outcome.Done done
                ? replies.done(done.lines(), done.findings())
                : replies.refused(outcome.findings());
    }
}
