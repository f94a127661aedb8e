package dev.catamaran.tool.command;

import dev.catamaran.tool.explain.Explain;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what moved a cluster, why, and what to do about it. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Tells what moved a cluster between 1.x and 2.x, or what holds it, and why.",
            "",
            "From logs: reads naming-server.log, naming-raft.log, protocol-raft.log and"
                + " alipay-jraft.log of real 1.x and 2.x servers (plain or gzipped, rotated ones"
                + " too), prints a timeline and each cause with its evidence and a remedy. Each"
                + " folder is taken for one server.",
            "",
            "From a live cluster: asks the member and everybody in its list, real servers and"
                    + " Catamaran members, and changes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran explain /data/nacos-1/logs /data/nacos-2/logs /data/nacos-3/logs",
            "  catamaran explain http://10.0.0.1:8848 --json",
            "",
            "Exit codes: 0 explained, nothing is wrong; 1 explained, something is stuck or",
            "being lost; 2 wrong usage; 3 nothing could be read."
        })
final class ExplainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "LOGS|URL",
            description = "Log files or folders, or addresses of a live cluster (http://ip:port).")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<URI> live = new ArrayList<>();
        List<Path> logs = new ArrayList<>();
        for (String source : sources) {
            if (source.startsWith("http://") || source.startsWith("https://")) {
                live.add(MemberUrl.of(source, spec));
            } else {
                logs.add(existing(source));
            }
        }
        if (!live.isEmpty() && !logs.isEmpty()) {
            throw wrong("name either logs or live addresses, not both");
        }
        Optional<Explain.Answer> answer =
                live.isEmpty() ? Explain.logs(logs) : Optional.of(Explain.live(live));
        if (answer.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "Nothing could be read: no log entry of a server is under "
                            + logs
                            + ". Name files, or folders that hold"
                            + " naming-server.log, naming-raft.log, protocol-raft.log or"
                            + " alipay-jraft.log");
            err.flush();
            return ExitCodes.REFUSED;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? answer.get().json() : answer.get().text().stripTrailing());
        out.flush();
        return answer.get().needsAction() ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private Path existing(String source) {
        Path path = Path.of(source);
        if (!Files.isReadable(path)) {
            throw wrong(
                    source
                            + " does not exist or cannot be read. Live clusters are named as"
                            + " http://ip:port");
        }
        return path;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
