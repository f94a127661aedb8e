package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.rebuild.Continuation;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a rebuilt home holds all that the rebuild left in it.
 *
 * @param lines per group, how far it went on
 * @param findings what is wrong
 */
public record RebuildCheck(List<String> lines, List<Finding> findings) {

    public RebuildCheck {
        lines = List.copyOf(lines);
        findings = List.copyOf(findings);
    }

    /**
     * Checks a home, changing nothing.
     *
     * @throws IOException if it cannot be read
     */
    public static RebuildCheck of(Path home, GroupWork work) throws IOException {
        HomeLayout layout = HomeLayout.of(home);
        Optional<Journal> journal =
                RebuildHistory.of(layout).standing().map(RebuildHistory.Past::journal);
        HomeStatus status = HomeStatus.of(layout);
        if (journal.isEmpty() || status.live() != HomeStatus.Live.NEW) {
            return new RebuildCheck(
                    List.of(),
                    List.of(
                            Finding.refuses(
                                    "not-rebuilt",
                                    status.live() == HomeStatus.Live.NEW
                                            ? "what the rebuild left cannot be compared: "
                                                    + status.what()
                                            : "no rebuilt data is live here: " + status.what(),
                                    layout.home().toString(),
                                    status.todo())));
        }
        List<String> lines = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        lines.add(layout.home() + ": " + status.what());
        for (StoreFacts left : journal.get().after()) {
            Path group = layout.raft().resolve(left.group());
            if (!Files.isDirectory(group)) {
                findings.add(
                        Finding.refuses(
                                "lost-since",
                                "group " + left.group() + " is gone",
                                group.toString(),
                                "Stop this server and restore the group from the kept data or a"
                                        + " backup."));
                continue;
            }
            StoreFacts now = work.read(group);
            findings.addAll(Continuation.check(left, now, group.toString()));
            lines.add("    " + Continuation.progress(left, now));
        }
        return new RebuildCheck(lines, findings);
    }
}
