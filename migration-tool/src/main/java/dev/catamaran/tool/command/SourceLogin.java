package dev.catamaran.tool.command;

import dev.catamaran.tool.live.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Login at the live server that is read. */
final class SourceLogin {

    private static final String SIDE = "FROM";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--from-user",
            paramLabel = "USER",
            description =
                    "Log in at the source as this user; the password is taken from"
                            + " CATAMARAN_FROM_PASSWORD or --from-password-file (default user:"
                            + " CATAMARAN_FROM_USER).")
    private @Nullable String user;

    @Option(
            names = "--from-password-file",
            paramLabel = "FILE",
            description = "File with the password of --from-user, and nothing else.")
    private @Nullable Path file;

    Credentials credentials(Map<String, String> environment) throws IOException {
        return new Passwords(SIDE, spec).credentials(user, file, environment);
    }

    /** The password for a user that the journal names. */
    String password(Map<String, String> environment) throws IOException {
        return new Passwords(SIDE, spec).password(file, environment);
    }
}
