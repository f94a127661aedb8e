package dev.catamaran.tool.command;

import dev.catamaran.tool.live.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where logins of live servers come from. Passwords never stand on the command line, where every
 * user of the machine could read them.
 *
 * @param side {@code FROM} or {@code TO}
 * @param spec the verb
 */
record Passwords(String side, CommandSpec spec) {

    /** Bytes. */
    private static final long LONGEST = 64 << 10;

    Credentials credentials(
            @Nullable String option, @Nullable Path file, Map<String, String> environment)
            throws IOException {
        String user =
                option == null
                        ? environment.getOrDefault("CATAMARAN_" + side + "_USER", "")
                        : option;
        if (user.isEmpty()) {
            return Credentials.NONE;
        }
        String password = password(file, environment);
        if (password.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "user "
                            + user
                            + " has no password: set CATAMARAN_"
                            + side
                            + "_PASSWORD or name a file by --"
                            + side.toLowerCase(Locale.ROOT)
                            + "-password-file");
        }
        return new Credentials(user, password);
    }

    String password(@Nullable Path file, Map<String, String> environment) throws IOException {
        if (file == null) {
            return environment.getOrDefault("CATAMARAN_" + side + "_PASSWORD", "");
        }
        if (!Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "cannot read " + file);
        }
        if (Files.size(file) > LONGEST) {
            throw new ParameterException(
                    spec.commandLine(), file + " is too long for a file with one password");
        }
        return Files.readString(file).strip();
    }
}
