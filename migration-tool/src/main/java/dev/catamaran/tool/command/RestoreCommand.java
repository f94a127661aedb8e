package dev.catamaran.tool.command;

import dev.catamaran.tool.backup.BackupStore;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a home out of a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Makes a home out of a backup. Nothing is overwritten: HOME must not exist or be"
                    + " empty.",
            "",
            "The home is built beside its place, compared with the manifest, and then renamed."
                    + " Permissions and times are as they were; owners too, if root restores."
        },
        footer = {
            "",
            "Example:",
            "  catamaran restore /backup/nacos 20261125T101500Z-1a2b3c4d /home/nacos"
        })
final class RestoreCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--dry-run", description = "Check the backup and the place, write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "STORE", description = "Folder of the backups.")
    private Path store;

    @Parameters(index = "1", paramLabel = "ID", description = "Which backup (backup list).")
    private String id;

    @Parameters(index = "2", paramLabel = "HOME", description = "Where the home will be.")
    private Path home;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() {
        Replies replies = new Replies(spec, json);
        RestoreOrder order = new RestoreOrder(store, id, home);
        return dryRun
                ? HomeRun.guarded(
                        spec,
                        replies,
                        new HomeRun.Told(List.of(), order::afterFailure),
                        () -> preview(replies, order))
                : HomeRun.of(spec, replies, order, HomeJob.of(journals, order, replies));
    }

    private int preview(Replies replies, RestoreOrder order) throws IOException {
        BackupStore backups = new BackupStore(store);
        List<Finding> refusals = order.refusals(backups);
        if (!refusals.isEmpty()) {
            return replies.refused(refusals);
        }
        List<String> problems = backups.verify(id).problems();
        return problems.isEmpty()
                ? replies.done(
                        List.of(
                                "Would restore " + backups.find(id).orElseThrow().text(),
                                "Nothing was written."),
                        List.of())
                : replies.bad(order.damaged(problems), List.of(), Map.of());
    }
}
