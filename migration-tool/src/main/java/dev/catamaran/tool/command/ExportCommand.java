package dev.catamaran.tool.command;

import dev.catamaran.tool.migrate.Access;
import dev.catamaran.tool.migrate.Loaded;
import dev.catamaran.tool.migrate.Source;
import dev.catamaran.tool.migrate.SourceReader;
import dev.catamaran.tool.records.ExportFile;
import dev.catamaran.tool.records.ExportHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the records of a home or of a live server into a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Writes everything persistent of a stopped server's home, or of a live server, into a"
                + " file of JSON lines, which migrate and verify read. The source is only read.",
            "",
            "Live 1.x servers are read by their raft where it runs, which gives whole records, and"
                + " by their catalog otherwise; 2.x and 3.x servers as their console reads them."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran export --from-live http://10.0.0.1:8848 --out nacos.jsonl",
            "  catamaran export --from /backup/nacos-1 /backup/nacos-2 --out nacos.jsonl",
            "",
            "The file may hold passwords of health checkers and is readable for you only.",
            "Exit codes: 0 written, 1 failed, 2 wrong usage, 3 refused (nothing was written)."
        })
final class ExportCommand implements Callable<Integer> {

    private static final int PARALLEL = 8;

    @Spec private CommandSpec spec;

    @Option(
            names = "--from",
            arity = "1..*",
            paramLabel = "HOME",
            description = "Homes of stopped servers of one cluster.")
    private List<String> homes = new ArrayList<>();

    @Option(names = "--from-live", paramLabel = "URL", description = "Address of a live server.")
    private @Nullable String live;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write. Without it the lines go to standard output.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    @Option(
            names = "--namespace",
            paramLabel = "ID",
            description = "Also read this namespace of a live server. May be repeated.")
    private List<String> namespaces = new ArrayList<>();

    @Option(names = "--json", description = "Print what was written as JSON.")
    private boolean json;

    @Mixin private SourceLogin login;

    @Override
    public Integer call() throws IOException {
        Source source = source();
        Path file = out;
        if (file != null) {
            requirePlace(file);
            if (Files.exists(file) && !force) {
                return Refusals.print(
                        file + " exists already. Name another file, or give --force.", spec);
            }
        } else if (json) {
            throw wrong("--json tells of a file: name one with --out");
        }
        Loaded loaded =
                SourceReader.read(
                        source,
                        new Access(
                                login.credentials(System.getenv()),
                                Set.copyOf(namespaces),
                                PARALLEL),
                        TerminalProgress.ofThisProcess());
        if (loaded instanceof Loaded.Refused refused) {
            return Refusals.print(refused.text(), spec);
        }
        Loaded.Records records = (Loaded.Records) loaded;
        ExportHeader header =
                ExportHeader.of(records.records(), source.toString(), records.version());
        PrintWriter lines = spec.commandLine().getOut();
        if (file == null) {
            ExportFile.write(records.records(), header, lines);
        } else {
            ExportFile.write(records.records(), header, file);
            lines.println(json ? json(header, file) : text(header, file));
        }
        lines.flush();
        return lines.checkError() ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private void requirePlace(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(file)) {
            throw wrong(
                    "--out " + file + " cannot be written: name a file in a folder that exists");
        }
    }

    private Source source() throws IOException {
        if (homes.isEmpty() == (live == null)) {
            throw wrong("name either --from HOME… or --from-live URL");
        }
        Source.Parsed parsed = Source.parse(live == null ? homes : List.of(live));
        if (parsed instanceof Source.Parsed.Wrong why) {
            throw wrong(why.why());
        }
        Source source = ((Source.Parsed.Good) parsed).source();
        if ((live != null) != (source instanceof Source.Live)) {
            throw wrong("live servers are named by --from-live URL, homes by --from HOME");
        }
        return source;
    }

    private static String text(ExportHeader header, Path file) {
        return "%s: services %d, clusters %d, instances %d, overrides %d, digest %s"
                .formatted(
                        file,
                        header.services(),
                        header.clusters(),
                        header.instances(),
                        header.overrides(),
                        header.digest());
    }

    private static String json(ExportHeader header, Path file) {
        ObjectNode node = JsonMapper.builder().build().createObjectNode();
        node.put("file", file.toString());
        node.put("source", header.source());
        node.put("version", header.version());
        node.put("services", header.services());
        node.put("clusters", header.clusters());
        node.put("instances", header.instances());
        node.put("overrides", header.overrides());
        node.put("digest", header.digest());
        return node.toString();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
