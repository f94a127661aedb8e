package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.HomeLocks;
import dev.catamaran.tool.rebuild.Finding;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Locks of several homes, released together. */
final class HeldHomes implements Closeable {
    private final Map<Path, HomeLocks> byHome = new LinkedHashMap<>();
    private final List<Finding> refused = new ArrayList<>();

    @SuppressWarnings("resource") // closed with this
    void take(HomeLayout layout) throws IOException {
        if (byHome.containsKey(layout.home())) {
            return;
        }
        HomeLocks.Attempt attempt = HomeLocks.take(layout);
        if (attempt instanceof HomeLocks.Attempt.InUse used) {
            refused.add(running(layout, used));
        } else {
            HomeLocks locks = ((HomeLocks.Attempt.Held) attempt).locks();
            byHome.put(layout.home(), locks);
            settle(layout, locks);
        }
    }

    /** Three renames that a crash interrupted are ended before anything is read. */
    private static void settle(HomeLayout layout, HomeLocks locks) throws IOException {
        for (JournalFolder folder : JournalFolder.all(layout)) {
            Journal journal = folder.read().orElseThrow();
            Trees trees = new Trees(layout, journal.id(), journal.units());
            boolean nothingLive = trees.nothingIsLive();
            trees.settle();
            if (nothingLive) {
                locks.add(layout.raft(), layout.groups());
            }
        }
    }

    /** Why some are not held. */
    List<Finding> refused() {
        return List.copyOf(refused);
    }

    HomeLocks of(HomeLayout layout) {
        return requireNonNull(byHome.get(layout.home()), "home is not locked");
    }

    @Override
    public void close() throws IOException {
        for (HomeLocks locks : byHome.values()) {
            locks.close();
        }
    }

    static Finding running(HomeLayout layout, HomeLocks.Attempt.InUse used) {
        return Finding.refuses(
                "node-running",
                "a process"
                        + (used.pid().isEmpty() ? "" : " (pid " + used.pid() + ")")
                        + " uses this home",
                layout.home() + ", lock " + used.file(),
                "Stop the server of this home, and keep it stopped until all homes are rebuilt.");
    }
}
