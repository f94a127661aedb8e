package dev.catamaran.tool.command;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.tool.explain.LiveVersion;
import dev.catamaran.tool.path.PathJson;
import dev.catamaran.tool.path.PathPlanner;
import dev.catamaran.tool.path.PathText;
import dev.catamaran.tool.path.Situation;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plans the way from one version to another. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Plans the way from one version of Nacos to another and changes nothing: hops and why,"
                    + " hard stops, what to prepare, commands, how long, and from where there is no"
                    + " way back."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran plan --from 1.4.2 --to 2.5.1",
            "  catamaran plan --from http://10.0.0.1:8848 --to 2.3.2 --json",
            "  catamaran plan --from /home/nacos --to 2.5.1",
            "",
            "Exit codes: 0 there is a way; 3 every way is closed, with the reasons;",
            "2 wrong usage."
        })
final class PlanCommand implements Callable<Integer> {

    private static final int MAX_NODES = 1_000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "VERSION|HOME|URL",
            description =
                    "Version that the servers run, the home of one of them, or its address"
                            + " (http://ip:port).")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "VERSION",
            description = "Version wanted.")
    private String to = "";

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "How many servers; default 3, or what the address tells.")
    private @Nullable Integer nodes;

    @Option(
            names = "--storage",
            paramLabel = "KIND",
            description =
                    "Where the configuration lives: embedded, external or unknown; default unknown,"
                            + " or what the address tells.")
    private Situation.@Nullable Storage storage;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "How many persistent instances and services, for the estimate.")
    private @Nullable Long records;

    @Option(names = "--json", description = "Print the plan as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Situation situation;
        if (from.startsWith("http")) {
            situation = ofLive();
        } else if (MemberVersion.parse(from).isEmpty() && Files.exists(Path.of(from))) {
            situation = ofHome(Path.of(from));
        } else {
            situation = ofVersion();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? PathJson.of(situation) : PathText.of(situation).stripTrailing());
        out.flush();
        return PathPlanner.advised(situation).isPresent() ? ExitCodes.DONE : ExitCodes.REFUSED;
    }

    private Situation ofVersion() {
        return situation(version(from, "--from"), 3, Situation.Storage.UNKNOWN);
    }

    private Situation ofLive() throws IOException {
        LiveVersion live;
        try {
            live = LiveVersion.ask(URI.create(from));
        } catch (IllegalArgumentException e) {
            throw wrong("--from " + from + " is no address: write http://ip:port");
        }
        String text =
                live.version()
                        .orElseThrow(
                                () ->
                                        wrong(
                                                from
                                                        + " does not tell its version ("
                                                        + live.trouble()
                                                                .orElse("it is older than" + " 1.3")
                                                        + "): name it, --from 1.1.4"));
        if (text.startsWith("Catamaran")) {
            throw wrong(
                    from
                            + " is a member of Catamaran, which carries its cluster over by phases"
                            + " and not by hops. See where it is: catamaran explain "
                            + from);
        }
        Situation.Storage found =
                live.embedded() ? Situation.Storage.EMBEDDED : Situation.Storage.UNKNOWN;
        return situation(version(text, "--from"), Math.max(1, live.members()), found);
    }

    /** The oldest version that may have written the home: its way has the most steps. */
    private Situation ofHome(Path home) throws IOException {
        PlannedHome.Reading reading = PlannedHome.read(home);
        if (reading instanceof PlannedHome.Reading.Unusable unusable) {
            throw wrong("--from " + home + ": " + unusable.why());
        }
        PlannedHome planned = ((PlannedHome.Reading.Known) reading).home();
        PrintWriter err = spec.commandLine().getErr();
        planned.notes().forEach(err::println);
        err.flush();
        return situation(planned.version(), planned.nodes(), planned.storage(), planned.records());
    }

    private Situation situation(MemberVersion at, int known, Situation.Storage found) {
        return situation(at, known, found, OptionalLong.empty());
    }

    private Situation situation(
            MemberVersion at, int known, Situation.Storage found, OptionalLong counted) {
        int count = nodes == null ? known : nodes;
        if (count < 1 || count > MAX_NODES) {
            throw wrong("--nodes is " + count + ", allowed is 1 to " + MAX_NODES);
        }
        if (records != null && records < 0) {
            throw wrong("--records is negative: " + records);
        }
        return new Situation(
                at,
                version(to, "--to"),
                count,
                storage == null ? found : storage,
                records == null ? counted : OptionalLong.of(records));
    }

    private MemberVersion version(String text, String option) {
        Optional<MemberVersion> version = MemberVersion.parse(text);
        return version.orElseThrow(
                () ->
                        wrong(
                                option
                                        + " "
                                        + text
                                        + " is no version"
                                        + (option.equals("--from")
                                                ? ", and there is no such home"
                                                : "")
                                        + ": write for example 1.4.2"));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
