package dev.catamaran.tool.command;

import dev.catamaran.tool.explain.Explain;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what is wrong with a running cluster, and what would go wrong at the next step. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Tells what is wrong with a running cluster, and what would go wrong next.",
            "",
            "Asks the members named and everybody in their lists, real servers of 1.3 to 2.5 and"
                + " Catamaran members, and changes nothing. Where a Catamaran member is there, its"
                + " preflight tells which restart or listing would make a real 2.0 or 2.1 server"
                + " fall back to 1.X."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran doctor --members 10.0.0.1:8848,10.0.0.2:8848,10.0.0.3:8848",
            "  catamaran doctor --members http://10.0.0.1:8848 --json",
            "",
            "Exit codes: 0 nothing found; 2 wrong usage; 3 found something, read it before",
            "the next step."
        })
final class DoctorCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--members",
            required = true,
            split = ",",
            paramLabel = "ADDRESS",
            description = "Members to ask, ip:port or http://ip:port, separated by commas.")
    private List<String> members = new ArrayList<>();

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<URI> addresses = members.stream().map(one -> MemberUrl.of(one, spec)).toList();
        Explain.Answer answer = Explain.live(addresses);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? answer.json() : answer.text().stripTrailing());
        out.flush();
        return answer.warns() ? ExitCodes.REFUSED : ExitCodes.DONE;
    }
}
