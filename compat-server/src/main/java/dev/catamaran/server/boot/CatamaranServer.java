package dev.catamaran.server.boot;

import dev.catamaran.server.boot.SettingSources.Raw;
import dev.catamaran.server.boot.SettingsReader.Reading;
import dev.catamaran.server.member.SelfFacts;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code catamaran serve}: starts one member and runs until it is told to stop. */
@Command(
        name = "catamaran serve",
        description = {
            "Starts one member of a Catamaran cluster.",
            "Settings come, the strongest first, from this command line, from -D properties of the"
                    + " JVM, from environment variables CATAMARAN_*, and from"
                    + " HOME/conf/application.properties."
        },
        versionProvider = CatamaranServer.Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Example, the first of three members on one machine:",
            "  catamaran serve --home /var/lib/catamaran/a --address 127.0.0.1:8848 \\",
            "    --members 127.0.0.1:8848,127.0.0.1:8858,127.0.0.1:8868",
            "",
            "Exit codes: 0 stopped (143 by a signal), 1 failed, 2 wrong usage or setting, 3 refused"
                    + " (nothing changed)"
        })
public final class CatamaranServer implements Callable<Integer> {

    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int REFUSED = 3;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "home directory (default: ./catamaran-home)")
    private @Nullable String home;

    @Option(
            names = "--address",
            paramLabel = "IP:PORT",
            description = {
                "address this member binds to and is known by (default: 127.0.0.1:8848);"
                        + " raft listens on PORT - 1000"
            })
    private @Nullable String address;

    @Option(
            names = "--members",
            paramLabel = "IP:PORT,...",
            description = {
                "all members, this one included (default: HOME/conf/cluster.conf, else this one"
                        + " alone)"
            })
    private @Nullable String members;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "any other setting, see docs/reference/configuration.md; repeatable")
    private @Nullable Map<String, String> set;

    @Spec private @Nullable CommandSpec spec;

    private final Map<String, String> environment;

    CatamaranServer(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Starts a member; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new CatamaranServer(System.getenv())).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        long startedNanos = System.nanoTime();
        Map<String, String> more = set == null ? Map.of() : new LinkedHashMap<>(set);
        Reading reading = SettingsReader.read(commandLine(), more, ofThisJvm(), environment);
        if (reading instanceof Reading.Unusable unusable) {
            unusable.problems().forEach(problem -> err().println("catamaran: " + problem));
            err().println("All keys: docs/reference/configuration.md; options: --help");
            err().flush();
            return USAGE;
        }
        ServerSettings settings = ((Reading.Usable) reading).settings();
        StartChecks.Outcome outcome = StartChecks.run(settings);
        if (outcome instanceof StartChecks.Outcome.Refused refused) {
            err().println(refused.refusal().text());
            err().flush();
            return REFUSED;
        }
        CountDownLatch closed = new CountDownLatch(1);
        boolean started =
                MemberApplication.run(
                        settings,
                        (StartChecks.Outcome.Ready) outcome,
                        startedNanos,
                        closed::countDown);
        if (!started) {
            return FAILED;
        }
        closed.await();
        return 0;
    }

    private Map<SettingKey, Raw> commandLine() {
        Map<SettingKey, Raw> options = new EnumMap<>(SettingKey.class);
        put(options, SettingKey.HOME, home, "--home");
        put(options, SettingKey.ADDRESS, address, "--address");
        put(options, SettingKey.MEMBERS, members, "--members");
        return options;
    }

    private static Map<String, String> ofThisJvm() {
        Map<String, String> properties = new LinkedHashMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name, "")));
        return properties;
    }

    private static void put(
            Map<SettingKey, Raw> options, SettingKey key, @Nullable String value, String option) {
        if (value != null) {
            options.put(key, new Raw(value, option + " on the command line"));
        }
    }

    private PrintWriter err() {
        return spec == null
                ? new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8)
                : spec.commandLine().getErr();
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"catamaran " + SelfFacts.VERSION};
        }
    }
}
