package dev.catamaran.tool.command;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Says no, why, and what to do. */
final class Refusals {

    private Refusals() {}

    /** Prints a refusal on standard error and answers its exit code. */
    static int print(String why, CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("refused: " + why + " Nothing was changed.");
        err.flush();
        return ExitCodes.REFUSED;
    }
}
