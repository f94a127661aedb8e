package dev.catamaran.tool.command;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.rebuild.disk.JRaftWork;
import dev.catamaran.tool.rebuild.disk.Rebuilds;
import dev.catamaran.tool.rebuild.disk.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Homes are to get back what they had before a rebuild.
 *
 * @param homes that were rebuilt
 * @param id of the rebuild; empty for the last one
 * @param serverJar jar of the server whose RocksDB reads them
 */
record UndoOrder(List<Path> homes, Optional<String> id, Optional<Path> serverJar)
        implements HomeOrder {

    UndoOrder {
        homes = List.copyOf(homes);
        requireNonNull(id, "id is null");
        requireNonNull(serverJar, "serverJar is null");
    }

    @Override
    public String verb() {
        return HomeOrders.UNDO;
    }

    @Override
    public SortedMap<String, String> arguments() {
        return new HomeOrders.Arguments()
                .with("homes", homes)
                .with("id", id.orElse(""))
                .with("server-jar", serverJar)
                .map();
    }

    @Override
    public List<Path> touched() {
        return homes;
    }

    @Override
    public int run(Replies replies, Watch watch) throws IOException {
        try (JRaftWork work = JRaftWork.open(serverJar)) {
            Rebuilds.Outcome outcome = new Rebuilds(work, watch).undo(homes, id);
            return outcome instanceof Rebuilds.Outcome.Done done
                    ? replies.done(done.lines(), done.findings())
                    : replies.refused(outcome.findings());
        }
    }
}
