package dev.catamaran.tool.command;

import dev.catamaran.tool.backup.Backup;
import dev.catamaran.tool.backup.BackupStore;
import dev.catamaran.tool.backup.Restore;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    /** More names than this are no help. */
    private static final int MAX_SHOWN = 5;

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

    @Override
    public Integer call() {
        Replies replies = new Replies(spec, json);
        try {
            BackupStore backups = new BackupStore(store);
            Optional<Finding> none = BackupCommand.noStore(backups);
            if (none.isPresent()) {
                return replies.refused(List.of(none.get()));
            }
            Optional<Backup> backup = backups.find(id);
            if (backup.isEmpty()) {
                return replies.refused(List.of(BackupCommand.noBackup(id, store)));
            }
            Optional<Restore.Refusal> refusal = Restore.refusal(home);
            if (refusal.isPresent()) {
                Restore.Refusal why = refusal.get();
                return replies.refused(
                        List.of(
                                Finding.refuses(
                                        "place-taken", why.what(), why.where(), why.todo())));
            }
            List<String> problems = backups.verify(id).problems();
            if (!problems.isEmpty()) {
                List<String> lines = new ArrayList<>(problems);
                lines.add(
                        "Nothing was restored. Take another backup (catamaran backup list "
                                + store
                                + "). If the home it was taken from still is as it was, a new"
                                + " backup of it writes the damaged contents anew.");
                return replies.bad(lines, List.of(), Map.of());
            }
            if (dryRun) {
                return replies.done(
                        List.of("Would restore " + backup.get().text(), "Nothing was written."),
                        List.of());
            }
            List<String> notGiven = Restore.run(backups, backup.get(), home);
            return replies.done(
                    List.of(
                            "Restored " + backup.get().text() + " to " + home + ".",
                            "Never run it beside the home it was taken from."),
                    owners(notGiven));
        } catch (IOException e) {
            return replies.failed(Failures.text(e), List.of("Nothing was left at " + home + "."));
        }
    }

    private List<Finding> owners(List<String> notGiven) {
        return notGiven.isEmpty()
                ? List.of()
                : List.of(
                        Finding.warns(
                                "owners-not-kept",
                                notGiven.size()
                                        + " files and folders belong to this user now, because only"
                                        + " root may give files away: "
                                        + String.join(", ", notGiven.subList(0, shown(notGiven)))
                                        + (shown(notGiven) < notGiven.size() ? ", …" : ""),
                                home.toString(),
                                "Restore as root, or chown them to the user of the server."));
    }

    private static int shown(List<String> notGiven) {
        return Math.min(notGiven.size(), MAX_SHOWN);
    }
}
