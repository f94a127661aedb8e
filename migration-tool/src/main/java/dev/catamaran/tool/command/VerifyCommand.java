package dev.catamaran.tool.command;

import dev.catamaran.tool.live.Credentials;
import dev.catamaran.tool.migrate.Access;
import dev.catamaran.tool.migrate.Loaded;
import dev.catamaran.tool.migrate.Source;
import dev.catamaran.tool.migrate.SourceReader;
import dev.catamaran.tool.migrate.Verification;
import java.io.IOException;
import java.io.PrintWriter;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compares any two sources of records. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Compares two sources, each a home of a stopped server, an export file or the address"
                    + " of a live server, field by field. Both are only read.",
            "",
            "Compared is what operators configured and clients registered for ever. Left out are"
                + " ephemeral instances, health, ids of instances, and clusters that hold only"
                + " defaults; with a live 2.x or 3.x server also clusters without instances, which"
                + " it does not show."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran verify /backup/nacos-1 http://10.0.0.1:8848",
            "  catamaran verify before.jsonl after.jsonl --json",
            "",
            "Lines: '-' only in A, '+' only in B, '~' different (A -> B).",
            "Exit codes: 0 equal, 1 different or not readable, 2 wrong usage, 3 refused."
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int PARALLEL = 8;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The first; its login is --from-….")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "The second; its login is --to-….")
    private String second = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Most differences shown (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--namespace",
            paramLabel = "ID",
            description = "Also read this namespace of live servers. May be repeated.")
    private List<String> namespaces = new ArrayList<>();

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Mixin private SourceLogin fromLogin;
    @Mixin private TargetLogin toLogin;

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--limit is " + limit + ", at least 1");
        }
        Map<String, String> environment = System.getenv();
        Source a = source("A", first);
        Source b = source("B", second);
        Access from = access(fromLogin.credentials(environment));
        Access to = access(toLogin.credentials(environment));
        Loaded left = read(a, from);
        Loaded right = left instanceof Loaded.Refused ? left : read(b, to.alsoReading(in(left)));
        if (!in(left).containsAll(in(right))) {
            // a server need not list the namespaces in which it holds records
            left = read(a, from.alsoReading(in(right)));
        }
        if (left instanceof Loaded.Refused refused) {
            return Refusals.print(refused.text(), spec);
        }
        if (right instanceof Loaded.Refused refused) {
            return Refusals.print(refused.text(), spec);
        }
        Verification verification =
                Verification.of((Loaded.Records) left, (Loaded.Records) right, limit);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(verification) : text(verification));
        out.flush();
        return verification.areEqual() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Source source(String which, String text) throws IOException {
        Source.Parsed parsed = Source.parse(List.of(text));
        if (parsed instanceof Source.Parsed.Good good) {
            return good.source();
        }
        throw new ParameterException(
                spec.commandLine(), which + ": " + ((Source.Parsed.Wrong) parsed).why());
    }

    private Access access(Credentials credentials) {
        return new Access(credentials, Set.copyOf(namespaces), PARALLEL);
    }

    private static Set<String> in(Loaded loaded) {
        return loaded instanceof Loaded.Records found ? found.records().namespaces() : Set.of();
    }

    private static Loaded read(Source source, Access access) throws IOException {
        return SourceReader.read(source, access, TerminalProgress.ofThisProcess());
    }

    private String text(Verification verification) {
        StringBuilder text = new StringBuilder();
        verification
                .differences()
                .forEach(difference -> text.append(MigrationPrinter.line(difference)).append('\n'));
        if (verification.differences().size() == limit) {
            text.append("… perhaps more, raise --limit\n");
        }
        text.append(side("A", verification.left())).append('\n');
        text.append(side("B", verification.right())).append('\n');
        if (verification.emptyClustersUnseen()) {
            text.append("clusters without instances are not compared: a server hides them\n");
        }
        return text.append(verification.areEqual() ? "equal" : "different").toString();
    }

    private static String side(String name, Verification.Side side) {
        return "%s  services %d  instances %d  digest %s"
                .formatted(name, side.services(), side.instances(), side.digest());
    }

    private static String json(Verification verification) {
        ObjectNode node = JsonMapper.builder().build().createObjectNode();
        node.put("equal", verification.areEqual());
        node.set("a", json(verification.left()));
        node.set("b", json(verification.right()));
        node.put("emptyClustersCompared", !verification.emptyClustersUnseen());
        node.set("differences", MigrationPrinter.json(verification.differences()));
        return node.toString();
    }

    private static ObjectNode json(Verification.Side side) {
        ObjectNode node = JsonMapper.builder().build().createObjectNode();
        node.put("services", side.services());
        node.put("instances", side.instances());
        node.put("digest", side.digest());
        return node;
    }
}
