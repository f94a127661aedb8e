package dev.catamaran.tool.command;

import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.live.Interface;
import dev.catamaran.tool.live.ServerAddress;
import dev.catamaran.tool.migrate.Access;
import dev.catamaran.tool.migrate.JobArguments;
import dev.catamaran.tool.migrate.Migration;
import dev.catamaran.tool.migrate.MigrationReport;
import dev.catamaran.tool.migrate.MigrationSettings;
import dev.catamaran.tool.migrate.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Carries the records of a home, an export or a live server to a live server. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Carries everything persistent to a live server: services, clusters with their health"
                    + " checkers, instances, what operators set for them, of all namespaces and"
                    + " groups.",
            "",
            "Writes only what differs, reads every record back, and can be run again at any time:"
                + " what is there already is not written again. Nothing is deleted at the target"
                + " unless --mirror is given. The run is a job in the journal; after a crash or a"
                + " lost connection resume it by: catamaran jobs resume ID"
        },
        footer = {
            "",
            "Examples:",
            "  catamaran migrate --from /backup/nacos-1 /backup/nacos-2 \\",
            "      --to http://10.0.0.1:8848 --dry-run",
            "  catamaran migrate --from http://old:8848 --to http://new:8848 \\",
            "      --to-user nacos --rate 100",
            "",
            "Exit codes: 0 the target holds it all, 1 something is different or failed,",
            "2 wrong usage, 3 refused (nothing was written), 4 the target went away",
            "(resume the job)."
        })
final class MigrateCommand implements Callable<Integer> {

    static final String VERB = "migrate";
    private static final int MAX_PARALLEL = 64;

    @Spec private CommandSpec spec;

    @Option(
            names = "--from",
            required = true,
            arity = "1..*",
            paramLabel = "HOME|EXPORT|URL",
            description =
                    "Homes of stopped servers of one cluster, one export file, or the address of"
                            + " a live server.")
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description =
                    "Address of any server of the target cluster: http://host:8848, with its"
                            + " context path if that is not /nacos.")
    private String to = "";

    @Option(
            names = "--api",
            paramLabel = "API",
            defaultValue = "AUTO",
            description =
                    "Interface to write by: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}:"
                            + " v3 for 3.x, v1 for all others).")
    private Interface by = Interface.AUTO;

    @Option(
            names = "--dry-run",
            description = "Show what would be written, field by field, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--mirror",
            description =
                    "Also remove from the target what the source does not have. More than one"
                            + " record in five, or more than 1,000 at once, are held back"
                            + " until --confirm-deletes is given.")
    private boolean mirror;

    @Option(
            names = "--confirm-deletes",
            description = "Let a mass delete of --mirror pass. Look at --dry-run first.")
    private boolean confirm;

    @Option(
            names = "--leave-behind",
            description =
                    "Where a 2.x or 3.x target cannot hold some of the records (illegal names, one"
                            + " address in two clusters, ephemeral instances among persistent"
                            + " ones), carry the others and list these. Without it nothing is"
                            + " written.")
    private boolean leaveBehind;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Most writes begun per second (default: no limit).")
    private int rate;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "Most calls at the same time (default ${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = "--namespace",
            paramLabel = "ID",
            description =
                    "Also read this namespace of live servers; needed only for namespaces that the"
                            + " server lists nowhere. May be repeated.")
    private List<String> namespaces = new ArrayList<>();

    @Option(
            names = "--enqueue",
            description =
                    "Only write the job into the journal; a worker runs it by: catamaran jobs"
                            + " resume --next")
    private boolean enqueue;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Mixin private SourceLogin fromLogin;
    @Mixin private TargetLogin toLogin;
    @Mixin private JournalOptions journals;

    @Override
    public Integer call() throws IOException {
        Map<String, String> environment = System.getenv();
        MigrationSettings settings = settings(environment);
        Migration migration = new Migration(settings, TerminalProgress.ofThisProcess());
        MigrationReport report;
        if (dryRun) {
            report = migration.dryRun();
        } else {
            try (Journal journal = journals.open(environment)) {
                JobRunner runner =
                        new JobRunner(journal, journals.again(), spec.commandLine().getErr());
                String id = runner.create(VERB, JobArguments.of(settings));
                if (enqueue) {
                    spec.commandLine().getOut().println(id);
                    spec.commandLine().getOut().flush();
                    return ExitCodes.DONE;
                }
                report = runner.run(id, migration);
            }
        }
        return MigrationPrinter.print(report, json, spec.commandLine().getOut());
    }

    private MigrationSettings settings(Map<String, String> environment) throws IOException {
        if (rate < 0) {
            throw wrong("--rate is " + rate + ", allowed is 0 (no limit) or more");
        }
        if (parallel < 1 || parallel > MAX_PARALLEL) {
            throw wrong("--parallel is " + parallel + ", allowed is 1 to " + MAX_PARALLEL);
        }
        if (confirm && !mirror) {
            throw wrong("--confirm-deletes says something only together with --mirror");
        }
        if (dryRun && enqueue) {
            throw wrong("name either --dry-run or --enqueue");
        }
        Source.Parsed parsed = Source.parse(from);
        if (parsed instanceof Source.Parsed.Wrong why) {
            throw wrong("--from: " + why.why());
        }
        ServerAddress target =
                ServerAddress.parse(to)
                        .orElseThrow(
                                () ->
                                        wrong(
                                                "--to is no server address: write"
                                                        + " http://host:8848, without a user"));
        Source source = ((Source.Parsed.Good) parsed).source();
        if (source instanceof Source.Live live && live.address().equals(target)) {
            throw wrong("--from and --to name the same server");
        }
        return new MigrationSettings(
                source,
                target,
                new Access(fromLogin.credentials(environment), Set.copyOf(namespaces), parallel),
                new Access(toLogin.credentials(environment), Set.copyOf(namespaces), parallel),
                by,
                rate,
                mirror,
                confirm ? ReconcileLimits.CONFIRMED : ReconcileLimits.DEFAULT,
                leaveBehind);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
