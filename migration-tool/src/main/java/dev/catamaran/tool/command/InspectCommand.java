package dev.catamaran.tool.command;

import dev.catamaran.tool.home.HomeFinding;
import dev.catamaran.tool.home.HomeInspection;
import dev.catamaran.tool.home.HomeInspector;
import dev.catamaran.tool.home.HomeRecords;
import dev.catamaran.tool.home.StackRecords;
import dev.catamaran.tool.inspect.InspectionJson;
import dev.catamaran.tool.inspect.InspectionText;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.JRaftWork;
import dev.catamaran.tool.rebuild.disk.PlanFile;
import dev.catamaran.tool.records.ExportFile;
import dev.catamaran.tool.records.ExportHeader;
import dev.catamaran.tool.records.RecordWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Tells what homes hold, without changing them. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Tells what a server's home holds and whether it is whole: which version wrote it, its"
                    + " raft groups with term, vote, entries and members, its records in both"
                    + " stacks, and every damage. Changes nothing, also beside a running server."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran inspect /opt/nacos",
            "  catamaran inspect --json /backup/n1 /backup/n2 /backup/n3",
            "  catamaran inspect --export records.jsonl /opt/nacos",
            "  catamaran inspect --fingerprint n1.json /opt/nacos",
            "",
            "Exit codes: 0 every home is whole; 1 a home is damaged, incomplete or cannot",
            "be read; 2 wrong usage; 3 refused: the records to export are not complete, or",
            "the home cannot be rebuilt as it is (nothing written)."
        })
final class InspectCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "HOME",
            description = "Home of a server, or its data folder.")
    private List<Path> homes = new ArrayList<>();

    @Option(names = "--records", description = "Also print every record, one line of JSON each.")
    private boolean records;

    @Option(names = "--json", description = "Print everything as one JSON array.")
    private boolean json;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write the records of the one home named to a file for migrate, verify.")
    private @Nullable Path export;

    @Option(
            names = "--fingerprint",
            paramLabel = "FILE",
            description =
                    "Write what rebuild plan must know of the one home, which must be stopped, to a"
                            + " small JSON file without records.")
    private @Nullable Path fingerprint;

    @Option(
            names = "--stack",
            paramLabel = "STACK",
            description =
                    "Whose records to print or export: legacy or jraft; default is the one the"
                            + " server answers from.")
    private StackRecords.@Nullable Stack stack;

    @Option(
            names = "--even-incomplete",
            description = "Export what can be read although records are known to be missing.")
    private boolean evenIncomplete;

    @Option(
            names = "--server-jar",
            paramLabel = "JAR",
            description = "nacos-server.jar of the homes, if their RocksDB is newer than ours.")
    private @Nullable Path serverJar;

    @Override
    public Integer call() throws IOException {
        Path file = export;
        if (file != null) {
            requireNew("--export", file);
        }
        if (fingerprint != null) {
            requireNew("--fingerprint", fingerprint);
        }
        if (json && records) {
            throw wrong("--records are lines of their own: leave --json away, or use --export");
        }
        if (serverJar != null && !Files.isReadable(serverJar)) {
            throw wrong("--server-jar " + serverJar + " cannot be read");
        }
        boolean sound = true;
        ArrayNode all = JsonMapper.builder().build().createArrayNode();
        PrintWriter out = spec.commandLine().getOut();
        try (HomeInspector inspector = HomeInspector.open(Optional.ofNullable(serverJar))) {
            for (Path home : homes) {
                HomeInspector.Answer answer = inspector.inspect(home);
                if (answer instanceof HomeInspector.Answer.NoHome none) {
                    sound = false;
                    all.add(InspectionJson.of(home.toString(), none.finding()));
                    show(out, home + "\n  ! " + none.finding().text() + "\n");
                    continue;
                }
                HomeInspection inspection = ((HomeInspector.Answer.Inspected) answer).inspection();
                sound &= inspection.isSound();
                all.add(InspectionJson.of(inspection));
                show(out, InspectionText.of(inspection));
                if (records) {
                    print(inspection, out);
                }
                if (file != null) {
                    Optional<String> refusal = exportTo(inspection, file);
                    if (refusal.isPresent()) {
                        out.flush();
                        return Refusals.print(refusal.get(), spec);
                    }
                }
            }
        }
        if (json) {
            out.println(all);
        }
        out.flush();
        if (fingerprint != null) {
            Optional<String> refusal = fingerprintTo(homes.get(0), fingerprint);
            out.flush();
            if (refusal.isPresent()) {
                return Refusals.print(refusal.get(), spec);
            }
        }
        return sound || (file != null && evenIncomplete) ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void show(PrintWriter out, String text) {
        if (!json) {
            out.println(text);
        }
    }

    private void requireNew(String option, Path file) {
        if (homes.size() > 1) {
            throw wrong(option + " takes one home: give each its own file");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(file)) {
            throw wrong(option + " " + file + " cannot be written: name a file in a folder");
        }
        if (Files.exists(file)) {
            throw wrong(option + " " + file + " exists already: name another file");
        }
    }

    /** What the checks between homes know of a home, with the same findings as theirs. */
    private Optional<String> fingerprintTo(Path home, Path file) throws IOException {
        try (JRaftWork work = JRaftWork.open(Optional.ofNullable(serverJar))) {
            HomeInputs looked = HomeInputs.look(List.of(home), work);
            if (Finding.anyRefuses(looked.findings()) || looked.facts().isEmpty()) {
                return Optional.of(
                        "The home cannot be rebuilt as it is:\n"
                                + String.join(
                                        "\n",
                                        looked.findings().stream().map(Finding::text).toList()));
            }
            PlanFile.writeFingerprint(file, looked.facts().get(0));
            show(spec.commandLine().getOut(), "The fingerprint is in " + file + ".");
            return Optional.empty();
        }
    }

    private Optional<StackRecords> wanted(HomeRecords home) {
        return stack == null ? home.answered() : home.of(stack);
    }

    private void print(HomeInspection inspection, PrintWriter out) throws IOException {
        Optional<StackRecords> wanted = wanted(inspection.records());
        if (wanted.isPresent()) {
            RecordWriter.write(wanted.get().records(), out);
        }
    }

    private Optional<String> exportTo(HomeInspection inspection, Path file) throws IOException {
        HomeRecords home = inspection.records();
        Optional<StackRecords> wanted = wanted(home);
        if (wanted.isEmpty()) {
            return Optional.of("There are no records of this stack in " + home.home() + ".");
        }
        if (!home.isComplete() && !evenIncomplete) {
            String reasons =
                    String.join(
                            "\n  ",
                            home.findings().stream()
                                    .filter(HomeFinding::blocks)
                                    .map(HomeFinding::text)
                                    .toList());
            return Optional.of(
                    "The records of "
                            + home.home()
                            + " are not complete:\n  "
                            + reasons
                            + "\nGive --even-incomplete to export what can be read.");
        }
        ExportFile.write(
                wanted.get().records(),
                ExportHeader.of(
                        wanted.get().records(), home.home().toString(), home.version().text()),
                file);
        return Optional.empty();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
