package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the deciding member knows of one member of the list. Nothing is filled in by assumption:
 * what was not heard is empty, and who was only listed has no word.
 *
 * @param address identity: {@code ip:port} as in the list
 * @param kind what it is, as far as it has proved
 * @param word the last that was heard of it; empty when it is only listed
 * @param state how the last calls to it went
 * @param sightings which of our members saw it as old
 */
public record MemberEvidence(
        String address, Kind kind, Optional<Word> word, State state, Sightings sightings) {

    /** What a member is. */
    public enum Kind {
        /** One of ours: it answered as Catamaran. */
        CATAMARAN,
        /** Proved to be none of ours: it answers, and not as Catamaran. */
        REAL,
        /** Neither is proved. */
        UNKNOWN
    }

    /** Where a word came from. Only the first two are of the member itself. */
    public enum Source {
        /** A report that this member sent. */
        REPORT,
        /** A call that this member answered, its 1.x endpoints included. */
        PROBE,
        /** Another member's list of members. It proves nothing, and is only shown. */
        LIST
    }

    /**
     * How calls to a member went. Only {@link #UP} and {@link #UNTRIED} let its word count (rule 1:
     * a real server keeps the last words of a member that is SUSPICIOUS or DOWN, and decides by
     * them).
     */
    public enum State {
        /** The last call succeeded. */
        UP,
        /** The last call failed; not often enough to be called down. */
        SUSPICIOUS,
        /** Calls are refused, or have failed several times in a row. */
        DOWN,
        /** No call was made yet. */
        UNTRIED
    }

    /**
     * Something that was heard of a member. Words are counted by their age: {@code nowMs} minus the
     * age is when the last one came.
     *
     * @param source where it came from
     * @param ageMs how long ago; 0 for the deciding member itself
     * @param version version it named; empty when it named none
     * @param epoch transition epoch it named; empty when it named none
     * @param broken what of it has stopped until somebody helps; empty when nothing has
     */
    public record Word(
            Source source,
            long ageMs,
            Optional<MemberVersion> version,
            OptionalLong epoch,
            Optional<String> broken) {

        /** A word of a member of which nothing has stopped. */
        public Word(
                Source source, long ageMs, Optional<MemberVersion> version, OptionalLong epoch) {
            this(source, ageMs, version, epoch, Optional.empty());
        }

        public Word {
            requireNonNull(broken, "broken is null");
            requireNonNull(source, "source is null");
            requireNonNull(version, "version is null");
            requireNonNull(epoch, "epoch is null");
            if (ageMs < 0) {
                throw new IllegalArgumentException("ageMs is negative: " + ageMs);
            }
        }
    }

    /**
     * Which of our members saw a member as old when they last looked: by a fresh report from it
     * that names a version below 2.0, or by its 1.x endpoints answering although it is none of
     * ours.
     *
     * @param old addresses of members that saw it as old, the deciding one included
     * @param asked addresses of members whose view is known, the deciding one included
     */
    public record Sightings(Set<String> old, Set<String> asked) {
        public static final Sightings NONE = new Sightings(Set.of(), Set.of());

        public Sightings {
            old = Set.copyOf(old);
            asked = Set.copyOf(asked);
            if (!asked.containsAll(old)) {
                throw new IllegalArgumentException(
                        "seen by " + new TreeSet<>(old) + " of " + new TreeSet<>(asked));
            }
        }
    }

    public MemberEvidence {
        requireNonNull(address, "address is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(word, "word is null");
        requireNonNull(state, "state is null");
        requireNonNull(sightings, "sightings is null");
    }

    /** A member of which nothing was ever heard. */
    public static MemberEvidence unknown(String address) {
        return new MemberEvidence(
                address, Kind.UNKNOWN, Optional.empty(), State.UNTRIED, Sightings.NONE);
    }

    /** Version that was named, whoever named it. */
    public Optional<MemberVersion> version() {
        return word.flatMap(Word::version);
    }

    /** Transition epoch that was named. */
    public OptionalLong epoch() {
        return word.map(Word::epoch).orElse(OptionalLong.empty());
    }

    /** Whether its own last calls say that it is there. */
    boolean answers() {
        return state == State.UP || state == State.UNTRIED;
    }
}
