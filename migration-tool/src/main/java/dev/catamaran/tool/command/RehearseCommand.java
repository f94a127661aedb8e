package dev.catamaran.tool.command;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.tool.home.HomeContents;
import dev.catamaran.tool.home.HomeReader;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.LaunchSpec;
import dev.catamaran.tool.members.PortChoice;
import dev.catamaran.tool.plan.RehearsalPlan;
import dev.catamaran.tool.plan.Step;
import dev.catamaran.tool.rehearse.Rehearsal;
import dev.catamaran.tool.rehearse.RehearsalSettings;
import dev.catamaran.tool.report.HtmlReport;
import dev.catamaran.tool.report.JsonReport;
import dev.catamaran.tool.report.RehearsalReport;
import dev.catamaran.tool.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
import picocli.CommandLine.Spec;

/** Plays the whole upgrade on this machine, with members that are killed, and judges it. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Plays the whole staged upgrade on this machine and proves that nothing is lost.",
            "",
            "Starts three members on temporary homes, loads them with 1.x data, and goes"
                    + " LEGACY -> MIRRORING -> JRAFT -> (downgrade) MIRRORING -> JRAFT -> FINALIZED"
                    + " while writing and reading. One member is killed (kill -9) and restarted in"
                    + " each phase, the leader of the primary stack once in MIRRORING and once"
                    + " during a switch. Every call is recorded and every record judged."
        },
        footer = {
            "",
            "Example, with copies of the homes of your own 1.x servers:",
            "  catamaran rehearse --from /backup/nacos-1 /backup/nacos-2 \\",
            "      --report rehearsal.html",
            "",
            "Exit codes: 0 nothing was lost, 1 something was lost or a step failed,",
            "2 wrong usage, 3 refused (nothing was started)."
        })
final class RehearseCommand implements Callable<Integer> {

    private static final int MEMBERS = 3;
    private static final int MAX_WRITES_PER_SECOND = 1_000;
    private static final int MAX_DWELL_SECONDS = 600;

    @Spec private CommandSpec spec;

    @Option(
            names = "--from",
            arity = "1..*",
            paramLabel = "HOME",
            description =
                    "Homes of stopped 1.x servers (folders that hold data/naming). They are only"
                            + " read; member i works on a copy of home i mod n. Without it a small"
                            + " sample is used.")
    private List<Path> from = new ArrayList<>();

    @Option(
            names = "--writes-per-second",
            paramLabel = "N",
            defaultValue = "20",
            description = "Writes begun per second (default ${DEFAULT-VALUE}).")
    private int writesPerSecond;

    @Option(
            names = "--dwell",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description =
                    "How long to write undisturbed before each kill (default ${DEFAULT-VALUE}).")
    private int dwellSeconds;

    @Option(
            names = "--json",
            description =
                    "Print the report as JSON on standard output, all else on standard error.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Also write the report as one HTML page with a drawn timeline.")
    private @Nullable Path page;

    @Option(
            names = "--keep",
            description = "Leave the three members running and say how to reach and stop them.")
    private boolean keep;

    @Override
    public Integer call() throws IOException {
        check();
        HomeContents contents = from.isEmpty() ? sample() : HomeReader.read(from);
        if (contents instanceof HomeContents.Refused refused) {
            return refuse(refused.text());
        }
        RegistryTable base = ((HomeContents.Records) contents).records();
        if (base.entries().keySet().stream().anyMatch(dev.catamaran.tool.writers.Load::writes)) {
            return refuse(
                    "the homes hold services of the group that the rehearsal writes to. Rehearse"
                            + " with homes that never took part in one.");
        }
        Optional<LaunchSpec> launch = LaunchSpec.from(System.getProperties());
        if (launch.isEmpty()) {
            return refuse(
                    "it is not known how to start a member: the system property "
                            + LaunchSpec.CLASS_PATH_PROPERTY
                            + " is missing. Start the tool by the catamaran script.");
        }
        return rehearse(base, launch.get());
    }

    private void check() {
        if (writesPerSecond < 1 || writesPerSecond > MAX_WRITES_PER_SECOND) {
            throw wrong("--writes-per-second is " + writesPerSecond + ", allowed is 1 to 1000");
        }
        if (dwellSeconds < 0 || dwellSeconds > MAX_DWELL_SECONDS) {
            throw wrong("--dwell is " + dwellSeconds + ", allowed is 0 to 600 seconds");
        }
        if (page != null) {
            Path folder = page.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(page)) {
                throw wrong("--report " + page + " cannot be written: name a file in a folder");
            }
        }
        for (Path home : from) {
            if (!Files.isDirectory(home)) {
                throw wrong("--from " + home + " is no folder");
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int refuse(String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("refused: " + why + " Nothing was started.");
        err.flush();
        return ExitCodes.REFUSED;
    }

    /** What the sample holds, read back by the same reader that reads real homes. */
    private static HomeContents sample() throws IOException {
        Path folder = Files.createTempDirectory("catamaran-sample");
        try {
            dev.catamaran.tool.home.SampleHome.writeTo(folder);
            return HomeReader.read(List.of(folder));
        } finally {
            dev.catamaran.tool.home.HomeCopy.remove(folder);
        }
    }

    private int rehearse(RegistryTable base, LaunchSpec launch) throws IOException {
        PrintWriter live = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("catamaran-rehearsal");
        List<Integer> ports = PortChoice.choose(MEMBERS);
        RehearsalReport report;
        try (Fleet fleet = Fleet.prepare(launch, folder, ports, from)) {
            List<Step> steps = RehearsalPlan.full();
            live.println("members " + String.join(", ", fleet.addresses()) + " in " + folder);
            live.flush();
            RehearsalSettings settings =
                    new RehearsalSettings(
                            base, writesPerSecond, dwellSeconds * 1000L, folder.resolve("clients"));
            report = new Rehearsal(settings, fleet, line -> say(live, line)).play(steps);
            if (keep) {
                fleet.release();
                tellHowToStop(live, fleet);
            } else {
                fleet.stop();
                cleanUp(live, fleet, report);
            }
        }
        publish(report);
        return report.verdict() == RehearsalReport.Verdict.PASSED
                ? ExitCodes.DONE
                : ExitCodes.FAILED;
    }

    private static void say(PrintWriter live, String line) {
        live.println(line);
        live.flush();
    }

    private static void tellHowToStop(PrintWriter live, Fleet fleet) {
        List<String> running = Rehearsal.running(fleet);
        say(live, "still running: " + String.join(", ", running));
        String pids =
                String.join(
                        " ",
                        fleet.members().stream()
                                .filter(member -> member.isAlive())
                                .map(member -> Long.toString(member.pid()))
                                .toList());
        say(live, "stop them with: kill " + pids + " && rm -r " + fleet.folder());
    }

    private static void cleanUp(PrintWriter live, Fleet fleet, RehearsalReport report)
            throws IOException {
        if (report.verdict() == RehearsalReport.Verdict.PASSED) {
            fleet.removeHomes();
        } else {
            say(live, "homes and logs are kept for you to look at: " + fleet.folder());
        }
    }

    private void publish(RehearsalReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? JsonReport.of(report) : TextReport.of(report));
        out.flush();
        if (page != null) {
            Files.writeString(page, HtmlReport.of(report), StandardCharsets.UTF_8);
        }
    }
}
