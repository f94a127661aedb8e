package dev.catamaran.tool.command;

import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.JournalPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the journal of jobs is. */
final class JournalOptions {

    static final String USER = "CATAMARAN_JOURNAL_USER";
    static final String PASSWORD = "CATAMARAN_JOURNAL_PASSWORD";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description =
                    "File of the journal of jobs, with or without its ending (default:"
                            + " $$XDG_DATA_HOME/catamaran/journal, or"
                            + " ~/.local/share/catamaran/journal).")
    private @Nullable Path file;

    @Option(
            names = "--journal-url",
            paramLabel = "JDBC_URL",
            description =
                    "Keep the journal in a shared database instead, so that several machines work"
                            + " off the same jobs: jdbc:postgresql://host/db,"
                            + " jdbc:mysql://host/db or jdbc:mariadb://host/db. Its user and"
                            + " password are taken from "
                            + USER
                            + " and "
                            + PASSWORD
                            + ".")
    private @Nullable String url;

    /** Opens the journal, and creates it if it is new. */
    Journal open(Map<String, String> environment) throws IOException {
        return Journal.open(place(environment));
    }

    /**
     * Opens the journal to read it or to go on with its jobs; makes none.
     *
     * @throws dev.catamaran.tool.job.NoJournalException if there is none
     */
    Journal openExisting(Map<String, String> environment) throws IOException {
        return Journal.openExisting(place(environment));
    }

    /** The option that names this journal, with a space before it; empty for the usual one. */
    String again() {
        return file != null ? " --journal " + file : url != null ? " --journal-url " + url : "";
    }

    private JournalPlace place(Map<String, String> environment) throws IOException {
        if (url == null) {
            return JournalPlace.file(file == null ? usual(environment) : file);
        }
        if (file != null) {
            throw wrong("name either --journal or --journal-url");
        }
        return JournalPlace.url(
                        url,
                        environment.getOrDefault(USER, ""),
                        environment.getOrDefault(PASSWORD, ""))
                .orElseThrow(
                        () ->
                                wrong(
                                        "--journal-url is jdbc:postgresql:…, jdbc:mysql:… or"
                                                + " jdbc:mariadb:…, without a user or password in"
                                                + " it: set "
                                                + USER
                                                + " and "
                                                + PASSWORD));
    }

    private static Path usual(Map<String, String> environment) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base =
                data.isBlank() || !Path.of(data).isAbsolute()
                        ? Path.of(System.getProperty("user.home"), ".local", "share")
                        : Path.of(data);
        return base.resolve("catamaran").resolve("journal");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
