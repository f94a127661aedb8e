package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.jraft.RealGroups;
import dev.catamaran.server.stack.jraft.TransitionSeed;
import dev.catamaran.server.transition.DurableFile;
import dev.catamaran.server.transition.StateFile;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes the home of a real 2.x server that of a member. A real server that has left the raft of 1.x
 * leaves a cluster whose primary is JRaft; to begin it at LEGACY would put an old copy over its
 * records. So the transition group of each such member begins with a state of the phase JRAFT, the
 * same on all of them, and needs no vote to know it.
 *
 * <p>Everything the real server left is backed up before; killed on the way it is begun again.
 */
final class Adoption {

    /**
     * One for all adopted clusters: the members agree on it without having spoken, whatever their
     * lists say.
     */
    private static final UUID CLUSTER =
            UUID.nameUUIDFromBytes("adopted from real 2.x".getBytes(StandardCharsets.UTF_8));

    /** What the ladder has in JRAFT when it was climbed: MIRRORING, FENCED, JRAFT. */
    private static final long EPOCH = 3;

    private static final TransitionState JRAFT =
            new TransitionState(
                    CLUSTER.toString(),
                    1,
                    new UpgradeState(Phase.JRAFT, EPOCH, Optional.empty(), false, ""),
                    StackPosition.NONE,
                    "",
                    "the homes are of real 2.x servers that had left the raft of 1.x");

    private final ServerSettings settings;
    private final Path home;
    private final Path raft;

    Adoption(ServerSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.home = settings.home();
        this.raft = home.resolve("data").resolve("protocol").resolve("raft");
    }

    private static Path note(Path home) {
        return home.resolve("data").resolve("catamaran").resolve("adoption");
    }

    /** Whether one was begun in a home and has not ended. */
    static boolean begun(Path home) {
        return Files.exists(note(home));
    }

    /** Says that the home is marked as a member's: nothing is begun again from now on. */
    static void ended(Path home) throws IOException {
        Files.deleteIfExists(note(home));
    }

    /**
     * Adopts the home, which nobody else may use meanwhile.
     *
     * @param upgraded whether its JRaft groups hold the records
     * @param notes told what was found, a line each
     * @return why not; nothing but our own folder was changed then
     * @throws IOException if the home cannot be read or written
     */
    Optional<Refusal> run(boolean upgraded, Consumer<String> notes) throws IOException {
        Optional<Refusal> running = running();
        if (running.isPresent()) {
            return running;
        }
        RealGroups.Look look;
        try {
            look = look();
        } catch (IOException e) {
            return Optional.of(
                    new Refusal(
                            "the raft groups of this real 2.x home cannot be read: "
                                    + e.getMessage(),
                            raft.toString(),
                            "check the home with: catamaran rebuild fingerprint "
                                    + home
                                    + " --out FILE"));
        }
        Optional<Refusal> refusal = refuse(look, upgraded);
        if (refusal.isPresent()) {
            return refusal;
        }
        // once begun, the home is no longer as the real server left it
        Optional<Path> before = begun(home) ? HomeBackup.last(home) : Optional.empty();
        Path backup = before.isPresent() ? before.get() : HomeBackup.take(home);
        notes.accept(
                "adopted services="
                        + look.services()
                        + " instances="
                        + look.instances()
                        + " backup="
                        + backup);
        if (upgraded) {
            DurableFile.write(note(home), "begun\n");
            HomeBackup.remove(raft.resolve(TransitionSeed.group()));
            TransitionSeed.write(raft, settings.planned(), JRAFT);
            new StateFile(home, settings.self()).save(JRAFT);
        }
        return Optional.empty();
    }

    /** The lock RocksDB takes is one that this process can see. */
    private Optional<Refusal> running() throws IOException {
        try (Stream<Path> groups = Files.list(raft)) {
            for (Path group : groups.sorted().toList()) {
                Path file = group.resolve("log").resolve("LOCK");
                if (Files.exists(file) && isLocked(file)) {
                    return Optional.of(
                            new Refusal(
                                    "a server runs on this home",
                                    file.toString(),
                                    "stop it first, or name another --home"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return true;
        }
    }

    private RealGroups.Look look() throws IOException {
        Path copies = note(home).resolveSibling("adoption-copies");
        HomeBackup.remove(copies);
        try {
            for (String group : RealGroups.names()) {
                HomeBackup.copy(raft.resolve(group), copies.resolve(group));
            }
            return RealGroups.look(copies);
        } finally {
            HomeBackup.remove(copies);
        }
    }

    private Optional<Refusal> refuse(RealGroups.Look look, boolean upgraded) {
        SortedSet<String> planned = new TreeSet<>(settings.planned());
        for (String group : look.voters().keySet()) {
            SortedSet<String> voters = requireNonNull(look.voters().get(group), group);
            if (!voters.equals(planned)) {
                return Optional.of(
                        new Refusal(
                                "the members that vote in this home are "
                                        + voters
                                        + ", the member list is "
                                        + planned
                                        + ": no group would elect",
                                raft.resolve(group).toString(),
                                "after a change of addresses: catamaran rebuild plan --map OLD=NEW"
                                        + " ... HOME... --out PLAN; otherwise correct the list"));
            }
        }
        if (look.unreadable() > 0) {
            return Optional.of(
                    new Refusal(
                            look.unreadable() + " entries of this home cannot be read",
                            raft.toString(),
                            "keep the real server running on it, and report the lines above"));
        }
        if (upgraded && look.overrides() > 0) {
            return Optional.of(
                    new Refusal(
                            "weight, metadata or enabled of "
                                    + look.overrides()
                                    + " instances were set apart from their registration, and a"
                                    + " member answers without such settings: instances that were"
                                    + " switched off would be answered again",
                            raft.resolve("naming_instance_metadata").toString(),
                            "keep real servers on these homes, or carry the records over to a"
                                    + " running cluster: catamaran migrate"));
        }
        return Optional.empty();
    }
}
