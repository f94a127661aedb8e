package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Fence;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code data/upgrade.state}: a member's own copy of the transition state. Java-properties text in
 * which a real 2.0 server finds the one key it knows ({@code upgraded}); the rest is ours and
 * covered by a checksum. Written to a temporary file, forced to disk, renamed.
 *
 * <p>It is a cache of what the transition group committed: a lost or torn file is recovered from
 * the group, never guessed.
 */
public final class StateFile {

    /** The format this program writes, and the newest it reads. */
    public static final int FORMAT = 1;

    private static final String UPGRADED = "upgraded";
    private static final String PREFIX = "catamaran.";
    private static final String CHECKSUM = "catamaran.checksum";
    private static final String POSITION = "catamaran.readFrom.";

    /** What the file says, as far as it can be believed. */
    public sealed interface Reading {

        /**
         * A whole file of this member and cluster.
         *
         * @param state what it had applied when it saved
         */
        record Present(TransitionState state) implements Reading {
            public Present {
                requireNonNull(state, "state is null");
            }
        }

        /** No file: this member has never saved a state here. */
        record Absent() implements Reading {}

        /**
         * A file of a real 2.0 server, without our keys: tells nothing of our transition.
         *
         * @param upgraded what that server had decided for itself
         */
        record RealServer(boolean upgraded) implements Reading {}

        /**
         * A file that broke while it was written, was edited, or is gone from a home that had one.
         * There was a state; only the peers know it.
         *
         * @param because what is wrong with it
         */
        record Torn(String because) implements Reading {
            public Torn {
                requireNonNull(because, "because is null");
            }
        }

        /**
         * A whole file of another member or cluster.
         *
         * @param because whose it is
         */
        record Foreign(String because) implements Reading {
            public Foreign {
                requireNonNull(because, "because is null");
            }
        }

        /**
         * A file of a newer Catamaran.
         *
         * @param format its format number
         */
        record Newer(int format) implements Reading {}
    }

    private final Path file;
    private final Path clusterFile;
    private final String member;

    /**
     * The state file of a home.
     *
     * @param home home directory
     * @param member address of the member the home belongs to
     */
    public StateFile(Path home, String member) {
        this.file = home.resolve("data").resolve("upgrade.state");
        this.clusterFile = home.resolve("data").resolve("catamaran").resolve("cluster-id");
        this.member = requireNonNull(member, "member is null");
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /**
     * What the file says.
     *
     * @throws IOException if it exists and cannot be read
     */
    public Reading read() throws IOException {
        if (!Files.exists(file)) {
            return missing();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
            return new Reading.Torn("is not properties text: " + e.getMessage());
        }
        boolean ours =
                properties.stringPropertyNames().stream().anyMatch(key -> key.startsWith(PREFIX));
        return ours ? ours(properties) : withoutOurKeys(properties);
    }

    /** Over the file of a home that belongs to a cluster, a real server wrote what it thinks. */
    private Reading withoutOurKeys(Properties properties) throws IOException {
        String upgraded = properties.getProperty(UPGRADED);
        Optional<String> cluster = knownCluster();
        if (cluster.isPresent()) {
            return new Reading.Torn(
                    "was written over by another program, but this home belongs to cluster "
                            + cluster.get());
        }
        return upgraded == null
                ? new Reading.Torn("holds none of the known keys")
                : new Reading.RealServer(Boolean.parseBoolean(upgraded.trim()));
    }

    /** A home that has been given to a cluster had a state; only the file of it is gone. */
    private Reading missing() throws IOException {
        if (Files.exists(torn(1))) {
            return new Reading.Torn("was set aside earlier and not recovered since");
        }
        Optional<String> cluster = knownCluster();
        return cluster.isPresent()
                ? new Reading.Torn("is gone, but this home belongs to cluster " + cluster.get())
                : new Reading.Absent();
    }

    private Reading ours(Properties properties) throws IOException {
        // before the checksum: a later format may count it in another way
        OptionalInt newer = newerFormat(properties);
        if (newer.isPresent()) {
            return new Reading.Newer(newer.getAsInt());
        }
        if (!checksum(properties).equals(properties.getProperty(CHECKSUM, ""))) {
            return new Reading.Torn("its checksum does not match its content");
        }
        try {
            required(properties, "format");
            String owner = required(properties, "member");
            if (!owner.equals(member)) {
                return new Reading.Foreign("belongs to member " + owner + ", not " + member);
            }
            TransitionState state = state(properties);
            Optional<String> cluster = knownCluster();
            if (cluster.isPresent() && !cluster.get().equals(state.clusterId())) {
                return new Reading.Foreign(
                        "belongs to cluster "
                                + state.clusterId()
                                + ", this home to cluster "
                                + cluster.get());
            }
            return new Reading.Present(state);
        } catch (IllegalArgumentException e) {
            return new Reading.Torn("has a value nobody writes: " + e.getMessage());
        }
    }

    private static OptionalInt newerFormat(Properties properties) {
        String text = properties.getProperty(PREFIX + "format", "").trim();
        int format = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        return format > FORMAT ? OptionalInt.of(format) : OptionalInt.empty();
    }

    private static TransitionState state(Properties properties) {
        Phase phase = Phase.valueOf(required(properties, "phase"));
        Optional<Fence> fence =
                phase == Phase.FENCED
                        ? Optional.of(
                                new Fence(
                                        Phase.valueOf(required(properties, "fence.from")),
                                        Phase.valueOf(required(properties, "fence.to"))))
                        : Optional.empty();
        SortedMap<String, Long> positions = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(POSITION)) {
                positions.put(
                        key.substring(POSITION.length()),
                        Long.parseLong(properties.getProperty(key)));
            }
        }
        return new TransitionState(
                required(properties, "clusterId"),
                Long.parseLong(required(properties, "revision")),
                new UpgradeState(
                        phase,
                        Long.parseLong(required(properties, "epoch")),
                        fence,
                        Boolean.parseBoolean(required(properties, "held")),
                        required(properties, "holdReason")),
                new StackPosition(positions),
                required(properties, "digest"),
                required(properties, "because"));
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(PREFIX + name);
        if (value == null) {
            throw new IllegalArgumentException(PREFIX + name + " is missing");
        }
        return value;
    }

    /**
     * Saves a state; when it returns, the state survives a crash.
     *
     * @throws IOException if it could not be saved; the file before is then still whole
     */
    public void save(TransitionState state) throws IOException {
        Properties properties = new Properties();
        UpgradeState upgrade = state.upgrade();
        boolean upgraded = upgrade.phase() == Phase.JRAFT || upgrade.phase() == Phase.FINALIZED;
        properties.setProperty(UPGRADED, Boolean.toString(upgraded));
        put(properties, "format", Integer.toString(FORMAT));
        put(properties, "member", member);
        put(properties, "clusterId", state.clusterId());
        put(properties, "revision", Long.toString(state.revision()));
        put(properties, "phase", upgrade.phase().name());
        put(properties, "epoch", Long.toString(upgrade.epoch()));
        upgrade.fence()
                .ifPresent(
                        fence -> {
                            put(properties, "fence.from", fence.from().name());
                            put(properties, "fence.to", fence.to().name());
                        });
        put(properties, "held", Boolean.toString(upgrade.held()));
        put(properties, "holdReason", upgrade.holdReason());
        for (Map.Entry<String, Long> position : state.readFrom().groups().entrySet()) {
            properties.setProperty(POSITION + position.getKey(), position.getValue().toString());
        }
        put(properties, "digest", state.digest());
        put(properties, "because", state.because());
        properties.setProperty(CHECKSUM, checksum(properties));
        if (!state.clusterId().isEmpty() && knownCluster().isEmpty()) {
            DurableFile.write(clusterFile, state.clusterId());
        }
        StringWriter text = new StringWriter();
        properties.store(text, null);
        DurableFile.write(file, text.toString());
    }

    private static void put(Properties properties, String name, String value) {
        properties.setProperty(PREFIX + name, value);
    }

    private Optional<String> knownCluster() throws IOException {
        if (!Files.exists(clusterFile)) {
            return Optional.empty();
        }
        String id = Files.readString(clusterFile, StandardCharsets.UTF_8).trim();
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    /**
     * Moves a torn file out of the way, so that it can be looked at later.
     *
     * @return where it is now; empty when there was nothing to move
     * @throws IOException if it cannot be moved
     */
    public Optional<Path> setAside() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        int number = 1;
        while (Files.exists(torn(number))) {
            number++;
        }
        return Optional.of(Files.move(file, torn(number), StandardCopyOption.ATOMIC_MOVE));
    }

    private Path torn(int number) {
        return file.resolveSibling("upgrade.state.torn-" + number);
    }

    private static String checksum(Properties properties) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String key : new TreeSet<>(properties.stringPropertyNames())) {
                if (!key.equals(CHECKSUM)) {
                    String line =
                            key.length() + ":" + key + "=" + properties.getProperty(key) + "\n";
                    digest.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
