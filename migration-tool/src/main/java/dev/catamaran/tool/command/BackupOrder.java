package dev.catamaran.tool.command;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.backup.Backup;
import dev.catamaran.tool.backup.BackupRun;
import dev.catamaran.tool.backup.BackupStore;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.HomeLocks;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A backup of a home is to be taken.
 *
 * @param home of a stopped server
 * @param to folder of the backups
 */
record BackupOrder(Path home, Path to) implements HomeOrder {

    BackupOrder {
        requireNonNull(home, "home is null");
        requireNonNull(to, "to is null");
    }

    @Override
    public String verb() {
        return HomeOrders.BACKUP;
    }

    @Override
    public SortedMap<String, String> arguments() {
        return new HomeOrders.Arguments().with("home", home).with("to", to).map();
    }

    /** It changes none. */
    @Override
    public List<Path> touched() {
        return List.of();
    }

    @Override
    public List<String> afterFailure() {
        return List.of("No backup of it is listed.");
    }

    @Override
    public int run(Replies replies, Watch watch) throws IOException {
        HomeLayout layout = HomeLayout.of(home);
        HomeLocks.Attempt attempt = HomeLocks.takeToRead(layout);
        if (attempt instanceof HomeLocks.Attempt.InUse used) {
            return replies.refused(
                    List.of(
                            Finding.refuses(
                                    "node-running",
                                    "a process uses this home",
                                    used.file().toString(),
                                    "Stop the server: files that change while they are copied are"
                                            + " no backup.")));
        }
        HomeLocks locks = ((HomeLocks.Attempt.Held) attempt).locks();
        try (locks) {
            String step = "keep " + home;
            watch.begins(List.of(step), "");
            BackupStore store = new BackupStore(to);
            BackupRun.Taken taken = BackupRun.take(layout, store, Clock.systemUTC().instant());
            Backup backup = taken.backup();
            watch.ended(step);
            watch.reached(backup.digest());
            return replies.done(
                    List.of("Backup " + backup.text()),
                    mended(taken.mended(), store),
                    Map.of("id", backup.id(), "bytes", backup.tree().bytes()));
        }
    }

    private static List<Finding> mended(List<String> files, BackupStore store) {
        return files.isEmpty()
                ? List.of()
                : List.of(
                        Finding.warns(
                                "store-was-damaged",
                                files.size()
                                        + " contents lay damaged in the store and were written"
                                        + " anew, among them "
                                        + files.get(0),
                                store.root().toString(),
                                "Look after the disk, and check the older backups: catamaran"
                                        + " backup verify "
                                        + store.root()));
    }
}
