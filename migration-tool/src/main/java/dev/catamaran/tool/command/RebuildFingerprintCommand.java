package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.disk.PlanFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a plan must know of a home into a small file. */
@Command(
        name = "fingerprint",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description =
                "Writes what rebuild plan must know of a home into a small JSON file, to be carried"
                        + " to the machine where the plan is made. It holds no records.",
        footer = {"", "Example:", "  catamaran rebuild fingerprint /home/nacos --out n1.json"})
final class RebuildFingerprintCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions stores;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file.")
    private Path out;

    @Option(names = "--force", description = "Replace the file of --out whatever it is.")
    private boolean force;

    @Parameters(paramLabel = "HOME", description = "Home of a stopped server.")
    private Path home;

    @Override
    public Integer call() {
        return stores.run(
                spec,
                (work, replies) -> {
                    Optional<Finding> refusal = OutFile.refusal(out, force, this::isOfThisHome);
                    if (refusal.isPresent()) {
                        return replies.refused(List.of(refusal.get()));
                    }
                    HomeInputs looked = HomeInputs.look(List.of(home), work);
                    if (Finding.anyRefuses(looked.findings()) || looked.facts().isEmpty()) {
                        return replies.refused(looked.findings());
                    }
                    HomeFacts facts = looked.facts().get(0);
                    PlanFile.writeFingerprint(out, facts);
                    return replies.done(
                            List.of(
                                    "The fingerprint of "
                                            + facts.home()
                                            + " ("
                                            + facts.stores().size()
                                            + " groups, members "
                                            + facts.named()
                                            + ") is in "
                                            + out
                                            + "."),
                            looked.findings());
                });
    }

    /** Not that of another home: then a member would be missing from the plan. */
    private boolean isOfThisHome(Path file) throws IOException {
        return PlanFile.readFingerprint(file) instanceof PlanFile.Reading.Read<HomeFacts> read
                && read.value().home().equals(home.toAbsolutePath().normalize().toString());
    }
}
