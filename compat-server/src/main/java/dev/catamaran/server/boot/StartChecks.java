package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.transition.HomeLock;
import dev.catamaran.server.transition.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that must be right before a member touches its home, in an order in which the first
 * refusal is the one worth reading.
 */
final class StartChecks {

    /** How the checks ended. */
    sealed interface Outcome {

        /**
         * The member may start and owns its home.
         *
         * @param lock the right to the home; close at the end of the process
         * @param saved what the home's state file says
         * @param notes lines for the log
         */
        record Ready(HomeLock lock, StateFile.Reading saved, List<String> notes)
                implements Outcome {}

        /** The member must not start. */
        record Refused(Refusal refusal) implements Outcome {}
    }

    private final ServerSettings settings;
    private final Path home;
    private final List<String> notes = new ArrayList<>();

    private StartChecks(ServerSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.home = settings.home();
    }

    /** Runs all checks; after {@link Outcome.Refused} nothing of the home was changed. */
    static Outcome run(ServerSettings settings) {
        Optional<Refusal> refusal =
                AddressCheck.local(settings).or(() -> AddressCheck.listed(settings));
        return refusal.isPresent()
                ? new Outcome.Refused(refusal.get())
                : new StartChecks(settings).checkHome();
    }

    private Outcome checkHome() {
        try {
            HomeKind kind = HomeCheck.classify(home);
            if (kind instanceof HomeKind.Unusable unusable) {
                return new Outcome.Refused(unusable.refusal());
            }
            if (kind instanceof HomeKind.Catamaran own && !own.member().equals(settings.self())) {
                return new Outcome.Refused(
                        new Refusal(
                                "the home belongs to member " + own.member(),
                                HomeMarker.file(home).toString(),
                                "start with --address "
                                        + own.member()
                                        + ", or name the home of "
                                        + settings.self()));
            }
            notes.add("home=" + home + " kind=" + describe(kind));
            StateFile.Reading saved = new StateFile(home, settings.self()).read();
            Optional<Refusal> refusal = refuse(saved);
            return refusal.isPresent() ? new Outcome.Refused(refusal.get()) : take(kind);
        } catch (IOException e) {
            return new Outcome.Refused(
                    new Refusal(
                            "the home cannot be read: " + e.getMessage(),
                            home.toString(),
                            "check that this user may read it and that its disk is well"));
        }
    }

    private static String describe(HomeKind kind) {
        if (kind instanceof HomeKind.Real1x real) {
            return "real-1.x form=" + real.form();
        }
        if (kind instanceof HomeKind.Real2x real) {
            return "real-2.x primary=" + (real.upgraded() ? "jraft" : "legacy");
        }
        return kind instanceof HomeKind.Fresh ? "fresh" : "catamaran";
    }

    private Optional<Refusal> refuse(StateFile.Reading saved) {
        String file = new StateFile(home, settings.self()).file().toString();
        if (saved instanceof StateFile.Reading.Foreign foreign) {
            return Optional.of(
                    new Refusal(
                            "the saved upgrade state " + foreign.because(),
                            file,
                            "put this member's own data directory back; never copy upgrade.state"
                                    + " from one home to another"));
        }
        if (saved instanceof StateFile.Reading.Newer newer) {
            return Optional.of(
                    new Refusal(
                            "the saved upgrade state has format "
                                    + newer.format()
                                    + ", this version knows "
                                    + StateFile.FORMAT,
                            file,
                            "start with the version that wrote it or a later one"));
        }
        return Optional.empty();
    }

    private Outcome take(HomeKind kind) {
        HomeLock lock;
        try {
            HomeLock.Attempt attempt = HomeLock.acquire(home);
            if (attempt instanceof HomeLock.Attempt.InUse used) {
                return new Outcome.Refused(
                        new Refusal(
                                "the home is in use by another process"
                                        + (used.pid().isEmpty() ? "" : " (pid " + used.pid() + ")"),
                                HomeLock.file(home).toString(),
                                "stop that process first, or name another --home"));
            }
            lock = ((HomeLock.Attempt.Held) attempt).lock();
        } catch (IOException e) {
            return notWritable(e);
        }
        Optional<Refusal> ports = AddressCheck.portsFree(settings);
        if (ports.isPresent()) {
            close(lock);
            return new Outcome.Refused(ports.get());
        }
        for (int port : AddressCheck.reservedTaken(settings)) {
            notes.add("port=" + port + " is in use; it is reserved for gRPC of 2.x clients");
        }
        try {
            if (kind instanceof HomeKind.Real2x real) {
                Optional<Refusal> refusal = new Adoption(settings).run(real.upgraded(), notes::add);
                if (refusal.isPresent()) {
                    close(lock);
                    return new Outcome.Refused(refusal.get());
                }
            }
            if (!(kind instanceof HomeKind.Catamaran)) {
                new HomeMarker(HomeMarker.FORMAT, settings.self()).write(home);
            }
            Adoption.ended(home);
            Files.createDirectories(home.resolve("logs"));
            return new Outcome.Ready(lock, settleState(), List.copyOf(notes));
        } catch (IOException e) {
            close(lock);
            return notWritable(e);
        }
    }

    /** A torn file is kept under another name; what it said must come from the peers. */
    private StateFile.Reading settleState() throws IOException {
        StateFile file = new StateFile(home, settings.self());
        StateFile.Reading saved = file.read();
        if (saved instanceof StateFile.Reading.Torn torn) {
            notes.add("state-lost because=\"" + torn.because() + "\"; the peers are asked");
            file.setAside().ifPresent(aside -> notes.add("torn state file kept as=" + aside));
        }
        return saved;
    }

    private Outcome notWritable(IOException e) {
        return new Outcome.Refused(
                new Refusal(
                        "the home cannot be written: " + e.getMessage(),
                        home.toString(),
                        "free space on its disk, or give this user the right to write there"));
    }

    private static void close(HomeLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
