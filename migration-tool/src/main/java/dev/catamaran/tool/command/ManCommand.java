package dev.catamaran.tool.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints or writes manual pages. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        versionProvider = ToolVersion.class,
        description = {
            "Prints the manual page of a verb, or writes the pages of all verbs into a folder."
        },
        footer = {
            "",
            "Examples:",
            "  catamaran man rebuild plan | man -l -",
            "  catamaran man --out /usr/local/share/man/man1"
        })
final class ManCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Write all pages into this folder, which exists.")
    private @Nullable Path out;

    @Parameters(arity = "0..*", paramLabel = "VERB", description = "The verb, and what follows it.")
    private List<String> verbs = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        CommandLine root = spec.root().commandLine();
        Path folder = out;
        if (folder == null) {
            spec.commandLine().getOut().print(ManPage.of(wanted(root)));
            spec.commandLine().getOut().flush();
            return ExitCodes.DONE;
        }
        if (!verbs.isEmpty() || !Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(), "--out takes a folder that exists, and no verb with it");
        }
        write(root, folder);
        return ExitCodes.DONE;
    }

    private CommandLine wanted(CommandLine root) {
        CommandLine line = root;
        for (String verb : verbs) {
            CommandLine next = line.getSubcommands().get(verb);
            if (next == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no verb "
                                + String.join(" ", verbs)
                                + "; there are "
                                + String.join(", ", line.getSubcommands().keySet()));
            }
            line = next;
        }
        return line;
    }

    private static void write(CommandLine line, Path folder) throws IOException {
        Files.writeString(
                folder.resolve(ManPage.fileName(line)), ManPage.of(line), StandardCharsets.UTF_8);
        for (CommandLine verb : line.getSubcommands().values()) {
            write(verb, folder);
        }
    }
}
