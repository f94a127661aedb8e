package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.rebuild.RebuildPlan;
import dev.catamaran.tool.rebuild.disk.PlanFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Orders as the arguments of jobs, and back. */
final class HomeOrders {

    static final String APPLY = "rebuild apply";
    static final String HERE = "rebuild here";
    static final String UNDO = "rebuild undo";
    static final String FORGET = "rebuild forget";
    static final String BACKUP = "backup";
    static final String RESTORE = "restore";

    private static final String SEPARATOR = "\n";

    private HomeOrders() {}

    /** The order that a job was made for; empty if this tool has no such verb. */
    static Optional<HomeOrder> of(Job job) {
        Arguments from = new Arguments(job.arguments());
        return switch (job.verb()) {
            case APPLY, HERE ->
                    PlanFile.ofTree(job.plan()) instanceof PlanFile.Reading.Read<RebuildPlan> read
                            ? Optional.of(
                                    new ApplyOrder(
                                            job.verb(),
                                            read.value(),
                                            from.paths("homes"),
                                            from.pairs("sources"),
                                            from.path("server-jar")))
                            : Optional.empty();
            case UNDO ->
                    Optional.of(
                            new UndoOrder(
                                    from.paths("homes"), from.text("id"), from.path("server-jar")));
            case FORGET -> Optional.of(new ForgetOrder(from.paths("homes")));
            case BACKUP ->
                    from.path("home")
                            .flatMap(
                                    home ->
                                            from.path("to")
                                                    .map(store -> new BackupOrder(home, store)));
            case RESTORE ->
                    from.path("store")
                            .flatMap(
                                    store ->
                                            from.path("home")
                                                    .map(
                                                            home ->
                                                                    new RestoreOrder(
                                                                            store,
                                                                            from.text("id")
                                                                                    .orElse(""),
                                                                            home)));
            default -> Optional.empty();
        };
    }

    /** Arguments of a job, read or written. */
    record Arguments(SortedMap<String, String> map) {

        Arguments() {
            this(new TreeMap<>());
        }

        Arguments with(String name, Path path) {
            map.put(name, path.toAbsolutePath().normalize().toString());
            return this;
        }

        Arguments with(String name, Optional<Path> path) {
            path.ifPresent(it -> with(name, it));
            return this;
        }

        Arguments with(String name, Collection<Path> paths) {
            map.put(
                    name,
                    String.join(
                            SEPARATOR,
                            paths.stream()
                                    .map(it -> it.toAbsolutePath().normalize().toString())
                                    .toList()));
            return this;
        }

        Arguments with(String name, Map<String, Path> paths) {
            List<String> pairs = new ArrayList<>();
            new TreeMap<>(paths).forEach((from, to) -> pairs.add(from + "=" + to));
            map.put(name, String.join(SEPARATOR, pairs));
            return this;
        }

        Arguments with(String name, String text) {
            map.put(name, text);
            return this;
        }

        private List<String> lines(String name) {
            return map.getOrDefault(name, "").lines().filter(line -> !line.isEmpty()).toList();
        }

        List<Path> paths(String name) {
            return lines(name).stream().map(Path::of).toList();
        }

        Optional<Path> path(String name) {
            return lines(name).stream().findFirst().map(Path::of);
        }

        Optional<String> text(String name) {
            return lines(name).stream().findFirst();
        }

        Map<String, Path> pairs(String name) {
            Map<String, Path> pairs = new TreeMap<>();
            for (String line : lines(name)) {
                int sign = line.lastIndexOf('=');
                pairs.put(line.substring(0, sign), Path.of(line.substring(sign + 1)));
            }
            return pairs;
        }
    }
}
