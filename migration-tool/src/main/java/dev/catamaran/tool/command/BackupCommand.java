package dev.catamaran.tool.command;

import dev.catamaran.tool.backup.Backup;
import dev.catamaran.tool.backup.BackupRun;
import dev.catamaran.tool.backup.BackupStore;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes, lists and checks backups of homes. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Takes a backup of a stopped home: its data and conf folders.",
            "",
            "Contents are kept once by their SHA-256, with a manifest per backup; a second backup"
                    + " of the same home costs only what changed."
        },
        subcommands = {BackupCommand.ListThem.class, BackupCommand.Verify.class},
        footer = {
            "",
            "Examples:",
            "  catamaran backup /home/nacos --to /backup/nacos",
            "  catamaran backup list /backup/nacos",
            "  catamaran backup verify /backup/nacos",
            "  catamaran restore /backup/nacos ID /home/nacos-again"
        })
final class BackupCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--to", paramLabel = "STORE", description = "Folder of the backups.")
    private @Nullable Path to;

    @Option(names = "--dry-run", description = "Say what would be kept, write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "HOME", description = "Home of a stopped server.")
    private @Nullable Path home;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() {
        if (home == null || to == null) {
            throw new ParameterException(spec.commandLine(), "Give HOME and --to STORE");
        }
        Replies replies = new Replies(spec, json);
        List<Finding> missing = RebuildUndoCommand.missing(List.of(home));
        if (!missing.isEmpty()) {
            return replies.refused(missing);
        }
        BackupOrder order = new BackupOrder(home, to);
        return HomeRun.guarded(
                spec,
                replies,
                new HomeRun.Told(List.of(), order::afterFailure),
                () -> take(replies, order));
    }

    private int take(Replies replies, BackupOrder order) throws IOException {
        HomeLayout layout = HomeLayout.of(order.home());
        Path store = order.to();
        if (store.toAbsolutePath().normalize().startsWith(layout.data())) {
            return replies.refused(
                    List.of(
                            Finding.refuses(
                                    "store-inside-home",
                                    "the store lies inside the home it is to save",
                                    store.toString(),
                                    "Name a folder elsewhere, best on another disk.")));
        }
        if (Files.exists(store) && !Files.isDirectory(store)) {
            return replies.refused(
                    List.of(
                            Finding.refuses(
                                    "store-is-no-folder",
                                    "this is a file, and backups need a folder",
                                    store.toString(),
                                    "Name a folder; it is made if it does not exist.")));
        }
        if (dryRun) {
            TreeManifest tree = BackupRun.list(layout);
            return replies.done(
                    List.of(
                            "Would keep "
                                    + tree.entries().size()
                                    + " files and folders, "
                                    + tree.bytes()
                                    + " bytes."),
                    List.of());
        }
        return order.run(replies, HomeJob.of(journals, order, replies));
    }

    /** Why this is no store; none of these verbs makes one. */
    static Optional<Finding> noStore(BackupStore store) {
        return store.isThere()
                ? Optional.empty()
                : Optional.of(
                        Finding.refuses(
                                "no-store",
                                "there are no backups",
                                store.root().toString(),
                                "Name the folder that was given to: catamaran backup HOME --to"
                                        + " STORE"));
    }

    static Finding noBackup(String id, Path store) {
        return Finding.refuses(
                "no-backup",
                "there is no backup " + id,
                store.toString(),
                "See which there are: catamaran backup list " + store);
    }

    /** Lists the backups of a store. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = ToolVersion.class,
            description = "Lists the backups of a store, oldest first.",
            footer = {"", "Example:", "  catamaran backup list /backup/nacos"})
    static final class ListThem implements Callable<Integer> {

        @Spec private CommandSpec spec;

        @Option(names = "--json", description = "Print one JSON object on standard output.")
        private boolean json;

        @Parameters(paramLabel = "STORE", description = "Folder of the backups.")
        private Path store;

        @Override
        public Integer call() {
            Replies replies = new Replies(spec, json);
            try {
                BackupStore backups = new BackupStore(store);
                Optional<Finding> none = noStore(backups);
                if (none.isPresent()) {
                    return replies.refused(List.of(none.get()));
                }
                boolean bad = false;
                List<String> lines = new ArrayList<>();
                for (String id : backups.ids()) {
                    try {
                        lines.add(backups.find(id).map(Backup::text).orElse(id + " is gone"));
                    } catch (IOException e) {
                        bad = true;
                        lines.add(id + "  DAMAGED: " + Failures.text(e));
                    }
                }
                Map<String, Object> ids = Map.of("ids", backups.ids());
                if (bad) {
                    return replies.bad(lines, List.of(), ids);
                }
                return replies.done(
                        lines.isEmpty() ? List.of("No backups in " + store + ".") : lines,
                        List.of(),
                        ids);
            } catch (IOException e) {
                return replies.failed(Failures.text(e), List.of());
            }
        }
    }

    /** Reads backups whole and compares them with their manifests. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            versionProvider = ToolVersion.class,
            description =
                    "Reads backups whole and compares every content with its name. Exit code 1 when"
                            + " one is damaged.",
            footer = {"", "Example:", "  catamaran backup verify /backup/nacos"})
    static final class Verify implements Callable<Integer> {

        @Spec private CommandSpec spec;

        @Option(names = "--json", description = "Print one JSON object on standard output.")
        private boolean json;

        @Parameters(index = "0", paramLabel = "STORE", description = "Folder of the backups.")
        private Path store;

        @Parameters(index = "1..*", paramLabel = "ID", description = "Backups; without, all.")
        private List<String> ids = new ArrayList<>();

        @Override
        public Integer call() {
            Replies replies = new Replies(spec, json);
            try {
                BackupStore backups = new BackupStore(store);
                List<Finding> missing = missing(backups);
                if (!missing.isEmpty()) {
                    return replies.refused(missing);
                }
                List<String> lines = new ArrayList<>();
                boolean bad = false;
                for (String id : ids.isEmpty() ? backups.ids() : ids) {
                    BackupStore.Check check = backups.verify(id);
                    bad |= !check.problems().isEmpty();
                    lines.add(id + (check.problems().isEmpty() ? ": whole" : ": DAMAGED"));
                    check.problems().forEach(problem -> lines.add("    " + problem));
                }
                return bad
                        ? replies.bad(lines, List.of(), Map.of())
                        : replies.done(lines, List.of());
            } catch (IOException e) {
                return replies.failed(Failures.text(e), List.of());
            }
        }

        /** A check that finds nothing to check must not look like one that found all well. */
        private List<Finding> missing(BackupStore backups) throws IOException {
            Optional<Finding> none = noStore(backups);
            if (none.isPresent()) {
                return List.of(none.get());
            }
            List<String> known = backups.ids();
            List<Finding> missing = new ArrayList<>();
            for (String id : ids) {
                if (!known.contains(id)) {
                    missing.add(noBackup(id, store));
                }
            }
            if (known.isEmpty() && ids.isEmpty()) {
                missing.add(noBackup("at all", store));
            }
            return missing;
        }
    }
}
