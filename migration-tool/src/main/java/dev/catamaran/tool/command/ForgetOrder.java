package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.disk.JRaftWork;
import dev.catamaran.tool.rebuild.disk.Rebuilds;
import dev.catamaran.tool.rebuild.disk.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What homes keep for an undo is to be removed.
 *
 * @param homes that were rebuilt
 */
record ForgetOrder(List<Path> homes) implements HomeOrder {

    ForgetOrder {
        homes = List.copyOf(homes);
    }

    @Override
    public String verb() {
        return HomeOrders.FORGET;
    }

    @Override
    public SortedMap<String, String> arguments() {
        return new HomeOrders.Arguments().with("homes", homes).map();
    }

    @Override
    public List<Path> touched() {
        return homes;
    }

    @Override
    public int run(Replies replies, Watch watch) throws IOException {
        try (JRaftWork work = JRaftWork.open(Optional.empty())) {
            Rebuilds.Outcome outcome = new Rebuilds(work, watch).forget(homes, false);
            return outcome instanceof Rebuilds.Outcome.Done done
                    ? replies.done(done.lines(), done.findings())
                    : replies.refused(outcome.findings());
        }
    }
}
