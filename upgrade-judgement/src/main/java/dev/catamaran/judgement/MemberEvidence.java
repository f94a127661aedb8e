package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the deciding member knows of one member of the list. Nothing is filled in by assumption:
 * what was not heard is empty.
 *
 * @param address identity: {@code ip:port} as in the list
 * @param kind what it is, as far as it has proved
 * @param version version it named in its last report; empty when it named none
 * @param reportAgeMs age of the last word heard from this member itself: a report it sent or a
 *     probe it answered; empty when it never spoke; 0 for the deciding member. Words are counted by
 *     it: {@code nowMs} minus this age is when the last one came
 * @param epoch transition epoch it reported; empty when it reported none
 * @param reachable whether the last call to it succeeded; empty when none was made
 * @param sightings who else saw it as old
 */
public record MemberEvidence(
        String address,
        Kind kind,
        Optional<MemberVersion> version,
        OptionalLong reportAgeMs,
        OptionalLong epoch,
        Optional<Boolean> reachable,
        Sightings sightings) {

    /** What a member is. */
    public enum Kind {
        /** One of ours: it answered as Catamaran. */
        CATAMARAN,
        /** Proved to be none of ours: it answers, and not as Catamaran. */
        REAL,
        /** Neither is proved. */
        UNKNOWN
    }

    /**
     * How many of our members saw a member as old when they last looked: by a fresh report from it
     * that names a version below 2.0, or by its 1.x endpoints answering although it is none of
     * ours.
     *
     * @param old members that saw it as old, the deciding one included
     * @param asked members whose view is known, the deciding one included
     */
    public record Sightings(int old, int asked) {
        public static final Sightings NONE = new Sightings(0, 0);

        public Sightings {
            if (old < 0 || asked < old) {
                throw new IllegalArgumentException("sightings: " + old + " of " + asked);
            }
        }
    }

    public MemberEvidence {
        requireNonNull(address, "address is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(version, "version is null");
        requireNonNull(reportAgeMs, "reportAgeMs is null");
        requireNonNull(epoch, "epoch is null");
        requireNonNull(reachable, "reachable is null");
        requireNonNull(sightings, "sightings is null");
        if (reportAgeMs.orElse(0) < 0) {
            throw new IllegalArgumentException("reportAgeMs is negative for " + address);
        }
    }

    /** A member of which nothing was ever heard. */
    public static MemberEvidence unknown(String address) {
        return new MemberEvidence(
                address,
                Kind.UNKNOWN,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Sightings.NONE);
    }
}
