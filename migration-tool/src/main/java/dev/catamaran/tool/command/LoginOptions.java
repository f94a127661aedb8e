package dev.catamaran.tool.command;

import dev.catamaran.tool.live.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Logins of live servers. Passwords never stand on the command line, where every user of the
 * machine could read them.
 */
final class LoginOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--from-user",
            paramLabel = "USER",
            description =
                    "Log in at the source as this user; the password is taken from"
                            + " CATAMARAN_FROM_PASSWORD or --from-password-file (default user:"
                            + " CATAMARAN_FROM_USER).")
    private @Nullable String fromUser;

    @Option(
            names = "--from-password-file",
            paramLabel = "FILE",
            description = "File with the password of --from-user, and nothing else.")
    private @Nullable Path fromFile;

    @Option(
            names = "--to-user",
            paramLabel = "USER",
            description =
                    "Log in at the target as this user; the password is taken from"
                            + " CATAMARAN_TO_PASSWORD or --to-password-file (default user:"
                            + " CATAMARAN_TO_USER).")
    private @Nullable String toUser;

    @Option(
            names = "--to-password-file",
            paramLabel = "FILE",
            description = "File with the password of --to-user, and nothing else.")
    private @Nullable Path toFile;

    Credentials from(Map<String, String> environment) throws IOException {
        return credentials("FROM", fromUser, fromFile, environment);
    }

    Credentials to(Map<String, String> environment) throws IOException {
        return credentials("TO", toUser, toFile, environment);
    }

    /** The password for a user that the journal names. */
    String fromPassword(Map<String, String> environment) throws IOException {
        return password("FROM", fromFile, environment);
    }

    /** The password for a user that the journal names. */
    String toPassword(Map<String, String> environment) throws IOException {
        return password("TO", toFile, environment);
    }

    private Credentials credentials(
            String side,
            @Nullable String option,
            @Nullable Path file,
            Map<String, String> environment)
            throws IOException {
        String user =
                option == null
                        ? environment.getOrDefault("CATAMARAN_" + side + "_USER", "")
                        : option;
        if (user.isEmpty()) {
            return Credentials.NONE;
        }
        String password = password(side, file, environment);
        if (password.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "user "
                            + user
                            + " has no password: set CATAMARAN_"
                            + side
                            + "_PASSWORD or name a file by --"
                            + side.toLowerCase(java.util.Locale.ROOT)
                            + "-password-file");
        }
        return new Credentials(user, password);
    }

    private String password(String side, @Nullable Path file, Map<String, String> environment)
            throws IOException {
        if (file == null) {
            return environment.getOrDefault("CATAMARAN_" + side + "_PASSWORD", "");
        }
        if (!Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "cannot read " + file);
        }
        return Files.readString(file).strip();
    }
}
