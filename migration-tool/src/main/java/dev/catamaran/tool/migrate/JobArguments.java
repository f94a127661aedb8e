package dev.catamaran.tool.migrate;

import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.tool.live.Credentials;
import dev.catamaran.tool.live.Interface;
import dev.catamaran.tool.live.ServerAddress;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings of a migration as the journal keeps them: all of them but the passwords. */
public final class JobArguments {

    private static final String SEPARATOR = "\n";

    private JobArguments() {}

    /** What the journal keeps of the settings. */
    public static SortedMap<String, String> of(MigrationSettings settings) {
        SortedMap<String, String> arguments = new TreeMap<>();
        arguments.put("from", from(settings.from()));
        arguments.put("to", settings.to().toString());
        arguments.put("from-user", settings.fromAccess().credentials().user());
        arguments.put("to-user", settings.toAccess().credentials().user());
        arguments.put(
                "namespaces",
                String.join(SEPARATOR, new TreeSet<>(settings.toAccess().namespaces())));
        arguments.put("parallel", Integer.toString(settings.toAccess().parallel()));
        arguments.put("api", settings.by().name());
        arguments.put("rate", Integer.toString(settings.perSecond()));
        arguments.put("mirror", Boolean.toString(settings.mirror()));
        arguments.put(
                "confirm-deletes",
                Boolean.toString(settings.limits().equals(ReconcileLimits.CONFIRMED)));
        arguments.put("leave-behind", Boolean.toString(settings.leaveBehind()));
        return arguments;
    }

    private static String from(Source source) {
        return source instanceof Source.Homes homes
                ? String.join(SEPARATOR, homes.folders().stream().map(p -> p.toString()).toList())
                : source.toString();
    }

    /**
     * The settings again.
     *
     * @param fromPassword password of the source's user; empty if there is none
     * @param toPassword password of the target's user; empty if there is none
     * @throws IOException if the source is not there any more; the message says what to do
     */
    public static MigrationSettings settings(
            SortedMap<String, String> arguments, String fromPassword, String toPassword)
            throws IOException {
        Source.Parsed source = Source.parse(List.of(arguments.get("from").split(SEPARATOR, -1)));
        if (source instanceof Source.Parsed.Wrong wrong) {
            throw new IOException(
                    "the source of the job is gone: "
                            + wrong.why()
                            + ". Put it back, or run the job on the machine that has it");
        }
        ServerAddress to =
                ServerAddress.parse(arguments.get("to"))
                        .orElseThrow(() -> new IOException("the job names no target"));
        String namespaces = arguments.getOrDefault("namespaces", "");
        Set<String> also =
                namespaces.isEmpty() ? Set.of() : Set.of(namespaces.split(SEPARATOR, -1));
        int parallel = Integer.parseInt(arguments.getOrDefault("parallel", "8"));
        boolean confirmed = Boolean.parseBoolean(arguments.get("confirm-deletes"));
        return new MigrationSettings(
                ((Source.Parsed.Good) source).source(),
                to,
                new Access(credentials(arguments, "from-user", fromPassword), also, parallel),
                new Access(credentials(arguments, "to-user", toPassword), also, parallel),
                Interface.valueOf(arguments.getOrDefault("api", Interface.AUTO.name())),
                Integer.parseInt(arguments.getOrDefault("rate", "0")),
                Boolean.parseBoolean(arguments.get("mirror")),
                confirmed ? ReconcileLimits.CONFIRMED : ReconcileLimits.DEFAULT,
                Boolean.parseBoolean(arguments.get("leave-behind")));
    }

    private static Credentials credentials(
            SortedMap<String, String> arguments, String key, String password) {
        String user = arguments.getOrDefault(key, "");
        return user.isEmpty() ? Credentials.NONE : new Credentials(user, password);
    }
}
