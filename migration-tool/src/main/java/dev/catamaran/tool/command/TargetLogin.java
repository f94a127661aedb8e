package dev.catamaran.tool.command;

import dev.catamaran.tool.live.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Login at the live server that is written to or compared with. */
final class TargetLogin {

    private static final String SIDE = "TO";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--to-user",
            paramLabel = "USER",
            description =
                    "Log in at the target as this user; the password is taken from"
                            + " CATAMARAN_TO_PASSWORD or --to-password-file (default user:"
                            + " CATAMARAN_TO_USER).")
    private @Nullable String user;

    @Option(
            names = "--to-password-file",
            paramLabel = "FILE",
            description = "File with the password of --to-user, and nothing else.")
    private @Nullable Path file;

    Credentials credentials(Map<String, String> environment) throws IOException {
        return new Passwords(SIDE, spec).credentials(user, file, environment);
    }

    /** The password for a user that the journal names. */
    String password(Map<String, String> environment) throws IOException {
        return new Passwords(SIDE, spec).password(file, environment);
    }
}
