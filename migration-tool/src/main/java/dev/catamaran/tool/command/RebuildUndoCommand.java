package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import dev.catamaran.tool.rebuild.disk.Rebuilds;
import dev.catamaran.tool.rebuild.disk.UndoPreview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives homes back what they had before their last rebuild. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Gives homes back what they had before their last rebuild, to the byte. With --id it"
                    + " goes back behind an earlier one, once the later ones are undone.",
            "",
            "Refused once a group has moved on: the old data would forget what was written since."
                    + " The refusal then shows the map that leads back on the present data."
        },
        footer = {"", "Example:", "  catamaran rebuild undo /mnt/n1 /mnt/n2 /mnt/n3"})
final class RebuildUndoCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions stores;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The rebuild to undo, as rebuild status lists it; default: the last.")
    private @Nullable String id;

    @Option(names = "--dry-run", description = "Check everything, change nothing.")
    private boolean dryRun;

    @Parameters(arity = "1..*", paramLabel = "HOME", description = "Homes that were rebuilt.")
    private List<Path> homes;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() {
        List<Finding> missing = missing(homes);
        if (!missing.isEmpty()) {
            return stores.replies(spec).refused(missing);
        }
        return dryRun
                ? stores.run(spec, homes, this::preview)
                : stores.run(
                        spec,
                        new UndoOrder(homes, Optional.ofNullable(id), stores.jar()),
                        journals);
    }

    private int preview(GroupWork work, Replies replies) throws IOException {
        Rebuilds.Outcome outcome = UndoPreview.of(homes, Optional.ofNullable(id), work);
        if (!(outcome instanceof Rebuilds.Outcome.Done done)) {
            return replies.refused(outcome.findings());
        }
        List<String> lines = new ArrayList<>(done.lines());
        lines.add("Nothing was changed (--dry-run).");
        return replies.done(lines, done.findings());
    }

    static List<Finding> missing(List<Path> homes) {
        return homes.stream()
                .filter(home -> !Files.isDirectory(home.resolve("data")))
                .map(
                        home ->
                                Finding.refuses(
                                        "no-home",
                                        "there is no such folder, or it has no data/ in it",
                                        home.toString(),
                                        "Name the folder above data/."))
                .toList();
    }
}
