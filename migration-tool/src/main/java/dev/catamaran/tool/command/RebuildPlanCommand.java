package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.Planner;
import dev.catamaran.tool.rebuild.RebuildMode;
import dev.catamaran.tool.rebuild.RebuildPlan;
import dev.catamaran.tool.rebuild.StartOrder;
import dev.catamaran.tool.rebuild.disk.GroupWork;
import dev.catamaran.tool.rebuild.disk.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks all homes together and writes down what a rebuild would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Checks the homes of all members together and writes a plan. Changes nothing.",
            "",
            "Modes: rename (all members are there), survivors (some are lost for ever, the others"
                    + " elect alone), shrink, grow and clone (the voters change: the best store"
                    + " becomes the store of every member)."
        },
        footer = {
            "",
            "Example, with homes on three machines: on each, first",
            "  catamaran rebuild fingerprint /home/nacos --out n1.json",
            "then, where the three files are,",
            "  catamaran rebuild plan --map A:8848=X:8848 --map B:8848=Y:8848 \\",
            "      --map C:8848=Z:8848 n1.json n2.json n3.json --out plan.json",
            "and on each machine: catamaran rebuild apply plan.json /home/nacos",
            "",
            "Three members become one, which keeps its address; the map names every old one:",
            "  catamaran rebuild plan --mode shrink --map A:8848=A:8848 \\",
            "      --map B:8848=B:8848 --map C:8848=C:8848 --members A:8848 \\",
            "      --target A:8848=/mnt/new /mnt/n1 /mnt/n2 /mnt/n3 --out plan.json"
        })
final class RebuildPlanCommand implements Callable<Integer> {

    /** What a shell completes. */
    static final class Modes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("rename", "survivors", "shrink", "grow", "clone").iterator();
        }
    }

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions stores;

    @Option(
            names = "--map",
            paramLabel = "OLD=NEW",
            description =
                    "A member's old and new address as in cluster.conf. Give one for every member;"
                            + " OLD=OLD for one that keeps its address.")
    private List<String> map = new ArrayList<>();

    @Option(names = "--keep-others", description = "Every member without --map keeps its address.")
    private boolean keepOthers;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "rename",
            completionCandidates = Modes.class,
            description = "One of: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private String mode;

    @Option(
            names = "--lost",
            paramLabel = "OLD",
            description = "A member that is lost for ever, by its old address.")
    private List<String> lost = new ArrayList<>();

    @Option(
            names = "--members",
            split = ",",
            paramLabel = "NEW",
            description = "With shrink, grow and clone: all members afterwards.")
    private List<String> members = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "NEW=HOME",
            description = "With shrink, grow and clone: the home of a member afterwards.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--accept-loss",
            paramLabel = "PHRASE",
            defaultValue = "",
            description =
                    "Plan although a majority is missing. The phrase is: \""
                            + Planner.LOSS_PHRASE
                            + "\".")
    private String acceptLoss;

    @Option(
            names = "--out",
            paramLabel = "PLAN",
            description = "Where to write the plan. Without it the plan is only checked and shown.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace the file of --out whatever it is.")
    private boolean force;

    @Option(names = "--dry-run", description = "Check and show, write no plan.")
    private boolean dryRun;

    @Parameters(
            arity = "1..*",
            paramLabel = "HOME|FINGERPRINT",
            description = "Homes of stopped servers, or fingerprints of homes elsewhere.")
    private List<Path> inputs;

    @Override
    public Integer call() {
        if (!acceptLoss.isEmpty() && !acceptLoss.strip().equalsIgnoreCase(Planner.LOSS_PHRASE)) {
            throw wrong(
                    "--accept-loss takes the phrase \"" + Planner.LOSS_PHRASE + "\", word by word");
        }
        Wish wish = new Wish(chosen(), targetHomes());
        return stores.run(spec, (work, replies) -> check(work, replies, wish));
    }

    private int check(GroupWork work, Replies replies, Wish wish) throws IOException {
        Optional<Finding> refusal =
                out == null || dryRun
                        ? Optional.empty()
                        : OutFile.refusal(
                                out,
                                force,
                                file -> PlanFile.read(file) instanceof PlanFile.Reading.Read);
        if (refusal.isPresent()) {
            return replies.refused(List.of(refusal.get()));
        }
        HomeInputs looked = HomeInputs.look(inputs, work);
        List<Finding> findings = new ArrayList<>(looked.findings());
        AddressMap.Reading reading = AddressMap.parse(map);
        if (reading instanceof AddressMap.Reading.Wrong wrong) {
            findings.addAll(wrong.findings());
            findings.addAll(Planner.homesAlone(looked.facts()));
            return replies.refused(findings);
        }
        if (looked.facts().size() < inputs.size()) {
            // what is wrong between homes cannot be told while one of them is not seen
            findings.addAll(Planner.homesAlone(looked.facts()));
            return replies.refused(findings);
        }
        AddressMap known = ((AddressMap.Reading.Read) reading).map();
        return plan(replies, findings, looked.facts(), complete(known, looked.facts()), wish);
    }

    private record Wish(RebuildMode mode, SortedMap<Member, String> homes) {}

    private int plan(
            Replies replies,
            List<Finding> findings,
            List<HomeFacts> facts,
            AddressMap full,
            Wish wish)
            throws IOException {
        Planner.Result result =
                Planner.plan(
                        facts, new Planner.Request(full, wish.mode(), wish.homes(), acceptLoss));
        findings.addAll(result.findings());
        if (result instanceof Planner.Result.Refused || Finding.anyRefuses(findings)) {
            return replies.refused(findings);
        }
        RebuildPlan plan = ((Planner.Result.Planned) result).plan();
        List<String> lines = new ArrayList<>(RebuildTexts.of(plan));
        lines.addAll(StartOrder.of(wish.mode(), full));
        if (out == null || dryRun) {
            lines.add(
                    "No plan was written" + (dryRun ? " (--dry-run)." : "; name one with --out."));
        } else {
            PlanFile.write(out, plan);
            lines.add(
                    "Plan "
                            + plan.id()
                            + " is in "
                            + out
                            + ". Next: catamaran rebuild apply "
                            + out);
        }
        return replies.done(lines, findings, Map.of("id", plan.id(), "plan", PlanFile.tree(plan)));
    }

    private AddressMap complete(AddressMap known, List<HomeFacts> facts) {
        if (!keepOthers) {
            return known;
        }
        SortedSet<Member> named = new TreeSet<>();
        for (HomeFacts home : facts) {
            named.addAll(home.named());
        }
        return known.keeping(named);
    }

    private RebuildMode chosen() {
        SortedSet<Member> gone = parsed(lost, "--lost");
        SortedSet<Member> after = parsed(members, "--members");
        return switch (mode) {
            case "rename" -> {
                if (!gone.isEmpty() || !after.isEmpty() || !targets.isEmpty()) {
                    throw wrong("--lost, --members and --target need a --mode that uses them");
                }
                yield new RebuildMode.Rename();
            }
            case "survivors" -> new RebuildMode.Survivors(gone);
            case "shrink" -> new RebuildMode.Shrink(gone, after);
            case "grow" -> new RebuildMode.Grow(after);
            case "clone" -> new RebuildMode.CloneBest(gone, after);
            default ->
                    throw wrong(
                            "--mode is '"
                                    + mode
                                    + "', allowed are rename, survivors, shrink, grow, clone");
        };
    }

    private SortedSet<Member> parsed(List<String> texts, String option) {
        SortedSet<Member> parsed = new TreeSet<>();
        for (String text : texts) {
            parsed.add(
                    Member.parse(text)
                            .orElseThrow(
                                    () ->
                                            wrong(
                                                    option
                                                            + " "
                                                            + text
                                                            + " is no address; write host:port as"
                                                            + " in cluster.conf")));
        }
        return parsed;
    }

    private SortedMap<Member, String> targetHomes() {
        SortedMap<Member, String> homes = new TreeMap<>();
        for (String text : targets) {
            int sign = text.indexOf('=');
            Optional<Member> member =
                    sign < 0 ? Optional.empty() : Member.parse(text.substring(0, sign));
            if (member.isEmpty() || text.length() == sign + 1) {
                throw wrong("--target " + text + " is not MEMBER=HOME");
            }
            Path home = Path.of(text.substring(sign + 1)).toAbsolutePath().normalize();
            if (Files.exists(home) && !Files.isDirectory(home)) {
                throw wrong("--target " + text + " is no folder");
            }
            homes.put(member.get(), home.toString());
        }
        return homes;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
