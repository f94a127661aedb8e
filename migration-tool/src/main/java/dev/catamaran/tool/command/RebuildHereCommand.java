package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.Planner;
import dev.catamaran.tool.rebuild.PresentAddress;
import dev.catamaran.tool.rebuild.RebuildMode;
import dev.catamaran.tool.rebuild.RebuildPlan;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All steps at once for a server on its own. */
@Command(
        name = "here",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Rebuilds the home of a server on its own (standalone, container) whose address"
                    + " changed.",
            "",
            "Proposes the map from the address the home names and the address this machine has,"
                    + " shows it, and after a yes plans, stages, verifies, exchanges and checks."
                    + " Run it on the machine, or in the container, of the server."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran rebuild here /home/nacos",
            "  catamaran rebuild here /data/nacos --address 172.18.0.5 --yes"
        })
final class RebuildHereCommand implements Callable<Integer> {

    private static final List<String> ANY = List.of("0.0.0.0", "[::]");

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions stores;

    @Option(
            names = "--address",
            paramLabel = "HOST[:PORT]",
            defaultValue = "",
            description =
                    "The address the server has now, if this machine's is not it. Without a port"
                            + " the stored port stays.")
    private String address;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Check and show, change nothing.")
    private boolean dryRun;

    @Parameters(paramLabel = "HOME", description = "Home of the stopped server.")
    private Path home;

    @Mixin private JournalOptions journals;

    @Override
    public Integer call() {
        return stores.run(spec, List.of(home), this::propose);
    }

    private int propose(GroupWork work, Replies replies) throws IOException {
        HomeInputs looked = HomeInputs.look(List.of(home), work);
        if (Finding.anyRefuses(looked.findings()) || looked.facts().isEmpty()) {
            return replies.refused(looked.findings());
        }
        HomeFacts facts = looked.facts().get(0);
        SortedSet<Member> present = facts.configured();
        if (present.size() != 1) {
            return replies.refused(List.of(notAlone(facts, present)));
        }
        Member stored = present.first();
        PresentAddress proposal = proposal(stored);
        if (proposal instanceof PresentAddress.Unchanged) {
            return replies.done(
                    List.of(
                            "The home names "
                                    + stored
                                    + ", and this machine has that address:"
                                    + " there is nothing to do. If the server has another one now,"
                                    + " say which: --address HOST[:PORT]"),
                    looked.findings());
        }
        if (proposal instanceof PresentAddress.Proposed proposed
                && ANY.contains(proposed.member().host())) {
            return replies.refused(List.of(everywhere(proposed.member())));
        }
        if (proposal instanceof PresentAddress.Unclear unclear) {
            return replies.refused(List.of(unclear(stored, unclear)));
        }
        Member now = ((PresentAddress.Proposed) proposal).member();
        AddressMap map = AddressMap.of(Map.of(stored, now)).keeping(facts.named());
        Planner.Result result =
                Planner.plan(
                        List.of(facts),
                        new Planner.Request(map, new RebuildMode.Rename(), new TreeMap<>(), ""));
        if (result instanceof Planner.Result.Planned planned) {
            return confirmed(work, replies, planned);
        }
        return replies.refused(result.findings());
    }

    private PresentAddress proposal(Member stored) throws IOException {
        if (address.isEmpty()) {
            return PresentAddress.of(stored, LocalAddresses.all(), LocalAddresses.name());
        }
        boolean withPort = address.matches(".*:\\d+") && !address.endsWith("]");
        Member now =
                Member.parse(withPort ? address : address + ":" + stored.port())
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "--address " + address + " is no HOST[:PORT]"));
        return now.equals(stored)
                ? new PresentAddress.Unchanged()
                : new PresentAddress.Proposed(now);
    }

    private Finding everywhere(Member member) {
        return Finding.refuses(
                "address-is-none",
                member.host() + " stands for all addresses and names no member",
                "--address",
                "Give the one address the server writes into its own member list.");
    }

    /** Groups that a start at another address made anew stand beside those of before. */
    private Finding startedElsewhere(HomeFacts facts) {
        String groups =
                facts.stores().stream()
                        .map(
                                store ->
                                        store.group()
                                                + " names "
                                                + facts.voters().get(store.group())
                                                + " ("
                                                + store.lastIndex()
                                                + " entries)")
                        .collect(Collectors.joining(", "));
        return Finding.refuses(
                "groups-disagree",
                "each group has one voter, and they are not the same: " + groups,
                home.toString(),
                "A server was started here at another address, and made the groups anew that it"
                    + " missed. If that is so, move those folders (they have few entries) out of "
                        + home.resolve("data/protocol/raft")
                        + " and keep them; then run this again. The server makes them anew.");
    }

    private Finding notAlone(HomeFacts facts, SortedSet<Member> named) {
        return named.isEmpty()
                ? Finding.refuses(
                        "nothing-to-rename",
                        "the home names no member: there is no raft data here",
                        home.toString(),
                        "Name the folder above data/ of a server that ran before.")
                : facts.voters().values().stream().allMatch(it -> it.size() <= 1)
                        ? startedElsewhere(facts)
                        : Finding.refuses(
                                "not-alone",
                                "the home names several members: " + named,
                                home.toString(),
                                "Rebuild the homes of all of them together: catamaran rebuild"
                                        + " plan.");
    }

    private Finding unclear(Member stored, PresentAddress.Unclear unclear) {
        return Finding.refuses(
                "address-unclear",
                "the home names "
                        + stored
                        + "; this machine has the addresses "
                        + unclear.candidates(),
                home.toString(),
                "Say which one the server has now: --address HOST");
    }

    private int confirmed(GroupWork work, Replies replies, Planner.Result.Planned planned)
            throws IOException {
        RebuildPlan plan = planned.plan();
        List<String> texts = RebuildTexts.of(plan);
        if (dryRun) {
            List<String> lines = new ArrayList<>(texts);
            lines.add("Nothing was changed (--dry-run).");
            return replies.done(lines, planned.findings());
        }
        texts.forEach(replies::progress);
        if (!yes && !agreed()) {
            return replies.refused(
                    List.of(
                            Finding.refuses(
                                    "not-confirmed",
                                    "nobody said yes to this",
                                    home.toString(),
                                    "Run it again and type yes, or add --yes.")));
        }
        ApplyOrder order =
                new ApplyOrder(HomeOrders.HERE, plan, List.of(home), Map.of(), stores.jar());
        return order.run(work, replies, HomeJob.of(journals, order, replies));
    }

    /** Reads standard input; where it has ended already, nobody said yes. */
    private boolean agreed() throws IOException {
        spec.commandLine().getErr().print("Type yes to rebuild this home: ");
        spec.commandLine().getErr().flush();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String answer = in.readLine();
        return answer != null && answer.strip().equalsIgnoreCase("yes");
    }
}
