package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import dev.catamaran.tool.rebuild.disk.JRaftWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of every verb that reads or writes stores, and what they all do with a broken disk. */
final class StoreOptions {

    /** How the jar of RocksDB begins, inside a server's jar or by itself. */
    private static final String ROCKS = "rocksdbjni-";

    @Option(
            names = "--server-jar",
            paramLabel = "JAR",
            description =
                    "nacos-server.jar of the server that will run on the homes: its RocksDB writes"
                            + " them. Without it one that fits is looked for in the local Maven"
                            + " repository.")
    private @Nullable Path serverJar;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    /** What a verb does once the libraries are there. */
    @FunctionalInterface
    interface Verb {
        int run(GroupWork work, Replies replies) throws IOException;
    }

    /** Runs a verb; broken I/O becomes an answer of exit code 1. */
    int run(CommandSpec spec, Verb verb) {
        return run(spec, List.of(), verb);
    }

    private static Optional<String> wrong(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return Optional.of("there is no such file");
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            boolean hasRocks =
                    jar.getFileName().toString().startsWith(ROCKS)
                            || zip.stream().anyMatch(it -> it.getName().contains("/" + ROCKS));
            return hasRocks ? Optional.empty() : Optional.of("there is no RocksDB in this jar");
        } catch (IOException e) {
            return Optional.of("this is no jar, or a damaged one (" + Failures.text(e) + ")");
        }
    }

    /**
     * Runs a verb that changes homes; after broken I/O the answer says what is live in each.
     *
     * @param homes homes the verb may change; it may add to them once it knows them
     */
    int run(CommandSpec spec, List<Path> homes, Verb verb) {
        Replies replies = replies(spec);
        Optional<Finding> wrong = wrongJar();
        return wrong.isPresent()
                ? replies.refused(List.of(wrong.get()))
                : HomeRun.guarded(
                        spec,
                        replies,
                        new HomeRun.Told(homes, () -> Failures.live(homes)),
                        () -> {
                            try (JRaftWork work = JRaftWork.open(jar())) {
                                return verb.run(work, replies);
                            }
                        });
    }

    /** Carries an order out, as a job. */
    int run(CommandSpec spec, HomeOrder order, JournalOptions journals) {
        Replies replies = replies(spec);
        Optional<Finding> wrong = wrongJar();
        return wrong.isPresent()
                ? replies.refused(List.of(wrong.get()))
                : HomeRun.of(spec, replies, order, HomeJob.of(journals, order, replies));
    }

    Replies replies(CommandSpec spec) {
        return new Replies(spec, json);
    }

    /** The jar of the server, if it was named. */
    Optional<Path> jar() {
        return Optional.ofNullable(serverJar).map(it -> it.toAbsolutePath().normalize());
    }

    /** Why the jar that was named is of no use. */
    Optional<Finding> wrongJar() {
        return wrongJar(Optional.ofNullable(serverJar));
    }

    static Optional<Finding> wrongJar(Optional<Path> jar) {
        return jar.flatMap(StoreOptions::wrong)
                .map(
                        why ->
                                Finding.refuses(
                                        "no-server-jar",
                                        why,
                                        jar.map(Path::toString).orElse(""),
                                        "Name target/nacos-server.jar of the server."));
    }
}
