package dev.catamaran.tool.command;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.backup.Backup;
import dev.catamaran.tool.backup.BackupStore;
import dev.catamaran.tool.backup.Restore;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A home is to be made out of a backup.
 *
 * @param store folder of the backups
 * @param id which one
 * @param home where the home will be
 */
record RestoreOrder(Path store, String id, Path home) implements HomeOrder {

    /** More names than this are no help. */
    private static final int MAX_SHOWN = 5;

    RestoreOrder {
        requireNonNull(store, "store is null");
        requireNonNull(id, "id is null");
        requireNonNull(home, "home is null");
    }

    @Override
    public String verb() {
        return HomeOrders.RESTORE;
    }

    @Override
    public SortedMap<String, String> arguments() {
        return new HomeOrders.Arguments()
                .with("store", store)
                .with("id", id)
                .with("home", home)
                .map();
    }

    /** None that was there before. */
    @Override
    public List<Path> touched() {
        return List.of();
    }

    @Override
    public List<String> afterFailure() {
        return List.of("Nothing was left at " + home + ".");
    }

    /** Why it cannot be done. */
    List<Finding> refusals(BackupStore backups) throws IOException {
        Optional<Finding> none = BackupCommand.noStore(backups);
        if (none.isPresent()) {
            return List.of(none.get());
        }
        if (backups.find(id).isEmpty()) {
            return List.of(BackupCommand.noBackup(id, store));
        }
        return Restore.refusal(home)
                .map(why -> Finding.refuses("place-taken", why.what(), why.where(), why.todo()))
                .stream()
                .toList();
    }

    @Override
    public int run(Replies replies, Watch watch) throws IOException {
        BackupStore backups = new BackupStore(store);
        List<Finding> refusals = refusals(backups);
        if (!refusals.isEmpty()) {
            return replies.refused(refusals);
        }
        Backup backup = backups.find(id).orElseThrow();
        List<String> problems = backups.verify(id).problems();
        if (!problems.isEmpty()) {
            return replies.bad(damaged(problems), List.of(), Map.of());
        }
        String step = "restore " + backup.id() + " to " + home;
        watch.begins(List.of(step), "");
        List<String> notGiven = Restore.run(backups, backup, home);
        watch.ended(step);
        watch.reached(backup.digest());
        return replies.done(
                List.of(
                        "Restored " + backup.text() + " to " + home + ".",
                        "Never run it beside the home it was taken from."),
                owners(notGiven));
    }

    List<String> damaged(List<String> problems) {
        List<String> lines = new ArrayList<>(problems);
        lines.add(
                "Nothing was restored. Take another backup (catamaran backup list "
                        + store
                        + "). If the home it was taken from still is as it was, a new"
                        + " backup of it writes the damaged contents anew.");
        return lines;
    }

    private List<Finding> owners(List<String> notGiven) {
        int shown = Math.min(notGiven.size(), MAX_SHOWN);
        return notGiven.isEmpty()
                ? List.of()
                : List.of(
                        Finding.warns(
                                "owners-not-kept",
                                notGiven.size()
                                        + " files and folders belong to this user now, because only"
                                        + " root may give files away: "
                                        + String.join(", ", notGiven.subList(0, shown))
                                        + (shown < notGiven.size() ? ", …" : ""),
                                home.toString(),
                                "Restore as root, or chown them to the user of the server."));
    }
}
