package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.convert.Loss;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the mirror knows of itself. Only the member that runs it (the leader of the transition
 * group) has figures; elsewhere {@code running} is false.
 *
 * @param running whether this member runs the mirror now
 * @param epoch epoch it runs under
 * @param from stack copied from; empty when nothing is mirrored
 * @param to stack copied to; empty when nothing is mirrored
 * @param lagRecords services changed in the source and not yet copied, at least 1 while the stacks
 *     differ and one of them has just changed
 * @param lagMs age of the oldest of them in milliseconds
 * @param legacyDigest digest of the legacy stack at the moment of {@code lagRecords}; empty when
 *     nothing is mirrored
 * @param jraftDigest digest of the JRaft stack at that moment
 * @param fullPassAtMs wall clock (epoch milliseconds) at which the last full pass ended
 * @param copied commands copied under this epoch
 * @param failed commands that did not succeed and were tried again
 * @param quarantined commands held back as a mass delete until a person confirms
 * @param sourceComplete whether the source was read whole, behind a barrier, under this assignment
 * @param findings records that cannot be carried whole, blocking ones first
 */
public record MirrorStatus(
        boolean running,
        long epoch,
        Optional<Stack> from,
        Optional<Stack> to,
        long lagRecords,
        long lagMs,
        Optional<String> legacyDigest,
        Optional<String> jraftDigest,
        OptionalLong fullPassAtMs,
        long copied,
        long failed,
        int quarantined,
        boolean sourceComplete,
        List<Loss> findings) {

    /** Nothing is mirrored by this member. */
    public static final MirrorStatus IDLE =
            new MirrorStatus(
                    false,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    0,
                    0,
                    0,
                    false,
                    List.of());

    public MirrorStatus {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(legacyDigest, "legacyDigest is null");
        requireNonNull(jraftDigest, "jraftDigest is null");
        requireNonNull(fullPassAtMs, "fullPassAtMs is null");
        findings = List.copyOf(findings);
    }
}
