package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.disk.RebuildCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that homes still hold what the rebuild left in them. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Proves that rebuilt homes hold every entry that the rebuild left in them, before the"
                    + " first start or any time later.",
            "",
            "Changes nothing. Entries are compared by their hashes, block by block."
        },
        footer = {"", "Example:", "  catamaran rebuild verify /mnt/n1 /mnt/n2 /mnt/n3"})
final class RebuildVerifyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions stores;

    @Parameters(arity = "1..*", paramLabel = "HOME", description = "Homes that were rebuilt.")
    private List<Path> homes;

    @Override
    public Integer call() {
        return stores.run(
                spec,
                (work, replies) -> {
                    List<Finding> findings = new ArrayList<>(RebuildUndoCommand.missing(homes));
                    List<String> lines = new ArrayList<>();
                    if (findings.isEmpty()) {
                        for (Path home : homes) {
                            RebuildCheck check = RebuildCheck.of(home, work);
                            findings.addAll(check.findings());
                            lines.addAll(check.lines());
                        }
                    } else {
                        return replies.refused(findings);
                    }
                    boolean nothingToVerify =
                            findings.stream().anyMatch(it -> it.code().equals("not-rebuilt"));
                    if (nothingToVerify) {
                        return replies.refused(findings);
                    }
                    return Finding.anyRefuses(findings)
                            ? replies.bad(lines, findings, java.util.Map.of())
                            : replies.done(lines, findings);
                });
    }
}
