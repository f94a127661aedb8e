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
        Replies replies = new Replies(spec, json);
        Optional<Path> jar = Optional.ofNullable(serverJar);
        Optional<String> wrong = jar.flatMap(StoreOptions::wrong);
        if (wrong.isPresent()) {
            return replies.refused(
                    List.of(
                            Finding.refuses(
                                    "no-server-jar",
                                    wrong.get(),
                                    jar.get().toString(),
                                    "Name target/nacos-server.jar of the server.")));
        }
        Interruption interruption = Interruption.tell(spec, homes);
        try (JRaftWork work = JRaftWork.open(jar)) {
            return verb.run(work, replies);
        } catch (IOException e) {
            return replies.failed(Failures.text(e), Failures.live(homes));
        } finally {
            interruption.over();
        }
    }
}
