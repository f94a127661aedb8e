package dev.catamaran.tool.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs round a change of addresses. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Changes the addresses in the protocol data of stopped servers, without losing an"
                    + " entry, and undoes it.",
            "",
            "After a change of address no raft group of a Nacos cluster elects a leader: the old"
                    + " addresses stand in its log, snapshots and votes. This rewrites them by one"
                    + " map, on a copy, proves the copy equal to the original, and exchanges both"
                    + " in one step. The original is kept."
        },
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            RebuildPlanCommand.class,
            RebuildApplyCommand.class,
            RebuildVerifyCommand.class,
            RebuildUndoCommand.class,
            RebuildStatusCommand.class,
            RebuildForgetCommand.class,
            RebuildHereCommand.class,
            RebuildFingerprintCommand.class
        },
        footer = {
            "",
            "One server on its own (standalone, container), all steps at once:",
            "  catamaran rebuild here /home/nacos",
            "Three servers whose homes are all reachable:",
            "  catamaran rebuild plan --map 10.0.0.1:8848=10.1.0.1:8848 \\",
            "      --map 10.0.0.2:8848=10.1.0.2:8848 --map 10.0.0.3:8848=10.1.0.3:8848 \\",
            "      /mnt/n1 /mnt/n2 /mnt/n3 --out plan.json",
            "  catamaran rebuild apply plan.json",
            "",
            "Exit codes: 0 done, 1 failed (rebuild status says what is live), 2 wrong usage,",
            "3 refused (nothing was changed)."
        })
final class RebuildCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing verb");
    }
}
