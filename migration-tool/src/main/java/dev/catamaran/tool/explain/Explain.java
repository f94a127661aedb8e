package dev.catamaran.tool.explain;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door of this package: from logs or a live cluster to an answer. */
public final class Explain {

    /**
     * An answer in both forms.
     *
     * @param text for people
     * @param json for programs
     * @param needsAction whether something is stuck or being lost
     * @param warns whether there is anything to know before the next step
     */
    public record Answer(String text, String json, boolean needsAction, boolean warns) {}

    private Explain() {}

    /**
     * Explains from logs.
     *
     * @param paths log files, plain or gzipped, or folders that hold them; each folder is a node
     * @return empty when nothing there is a log entry of a server
     * @throws IOException if a file cannot be read
     */
    public static Optional<Answer> logs(List<Path> paths) throws IOException {
        Map<Path, List<Path>> nodes = LogFiles.byNode(paths);
        List<NodeStory> stories = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Map.Entry<Path, List<Path>> node : nodes.entrySet()) {
            NodeStory.Builder built =
                    LogFiles.read(name(node.getKey()), node.getValue(), read -> {});
            if (built.dropped() > 0) {
                notes.add(
                        node.getKey()
                                + ": "
                                + built.dropped()
                                + " later events were left out,"
                                + " the first "
                                + NodeStory.Builder.MAX_ENTRIES
                                + " are told");
            }
            stories.add(built.build());
        }
        if (stories.stream().allMatch(story -> story.lines() == 0)) {
            return Optional.empty();
        }
        for (NodeStory story : stories) {
            if (story.lines() == 0) {
                notes.add(story.node() + ": no line looks like a log entry of a server");
            }
        }
        if (nodes.size() > 1) {
            notes.add(
                    "logs name no time zone: times of different servers compare only if their"
                            + " clocks and zones agree");
        }
        return Optional.of(answer(Explained.ofLogs(stories, notes)));
    }

    /**
     * Explains from a running cluster; the members of its list are asked too.
     *
     * @throws IOException if the client cannot be closed
     */
    public static Answer live(List<URI> addresses) throws IOException {
        try (HttpAsk http = new HttpAsk()) {
            return answer(Explained.ofLive(new LiveReader(http).read(addresses)));
        }
    }

    private static Answer answer(Explained explained) {
        return new Answer(
                ExplainedText.of(explained),
                ExplainedJson.of(explained),
                explained.needsAction(),
                explained.findings().stream()
                        .anyMatch(finding -> finding.severity() != Finding.Severity.NOTE));
    }

    private static String name(Path folder) {
        Path name = folder.getFileName();
        boolean logs = name != null && name.toString().equals("logs");
        Path shown = logs && folder.getParent() != null ? folder.getParent().getFileName() : name;
        return shown == null ? folder.toString() : shown.toString();
    }
}
