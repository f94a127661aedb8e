package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the mirror knows of the two stacks at one moment.
 *
 * @param epoch epoch under which the mirror runs; empty when it does not run
 * @param lagRecords changed services of the source that wait to be carried over
 * @param lagMs how long the oldest of them has waited; 0 when none waits
 * @param lastFullPassAgeMs age of the last full pass that ended under {@code epoch}; empty when
 *     none did
 * @param sourceComplete whether the source is known to hold everything it should under this epoch
 * @param legacyDigest digest of the legacy stack's records; empty when it is not known
 * @param jraftDigest digest of the JRaft stack's records; empty when it is not known
 * @param quarantined deletions that wait for an operator's word
 * @param neverBalancing records that can never be equal in both stacks, a bounded sample
 * @param neverBalancingCount how many such records there are
 * @param lossyRecords records of which a part cannot be carried over
 */
public record MirrorEvidence(
        OptionalLong epoch,
        long lagRecords,
        long lagMs,
        OptionalLong lastFullPassAgeMs,
        boolean sourceComplete,
        Optional<String> legacyDigest,
        Optional<String> jraftDigest,
        long quarantined,
        List<Finding> neverBalancing,
        long neverBalancingCount,
        long lossyRecords) {

    /** No mirror runs. */
    public static final MirrorEvidence NONE =
            new MirrorEvidence(
                    OptionalLong.empty(),
                    0,
                    0,
                    OptionalLong.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    List.of(),
                    0,
                    0);

    /**
     * A record that can never be equal in both stacks.
     *
     * @param key the record, as operators write it
     * @param rule which rule it breaks, e.g. {@code name-alias}
     * @param what what an operator can do about it
     */
    public record Finding(String key, String rule, String what) {
        public Finding {
            requireNonNull(key, "key is null");
            requireNonNull(rule, "rule is null");
            requireNonNull(what, "what is null");
        }
    }

    public MirrorEvidence {
        requireNonNull(epoch, "epoch is null");
        requireNonNull(lastFullPassAgeMs, "lastFullPassAgeMs is null");
        requireNonNull(legacyDigest, "legacyDigest is null");
        requireNonNull(jraftDigest, "jraftDigest is null");
        neverBalancing = List.copyOf(neverBalancing);
        if (lagRecords < 0 || lagMs < 0 || quarantined < 0 || lossyRecords < 0) {
            throw new IllegalArgumentException("a count of the mirror is negative");
        }
        if (neverBalancingCount < neverBalancing.size()) {
            throw new IllegalArgumentException(
                    "neverBalancingCount is smaller than its sample: " + neverBalancingCount);
        }
    }

    /** Whether both digests are known. */
    public boolean digestsKnown() {
        return legacyDigest.isPresent() && jraftDigest.isPresent();
    }

    /** Whether both digests are known and equal. */
    public boolean digestsEqual() {
        return digestsKnown() && legacyDigest.equals(jraftDigest);
    }
}
