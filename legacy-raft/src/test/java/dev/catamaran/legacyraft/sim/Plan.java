package dev.catamaran.legacyraft.sim;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run is made from; everything else follows from the seed.
 *
 * @param seed of all that is random
 * @param size members in the list
 * @param real how many of them are scripted real ones
 * @param disturbances how often something goes wrong or is wished for
 * @param core which core our members run
 */
public record Plan(long seed, int size, int real, int disturbances, Core core) {

    /** The cores there are. */
    public enum Core {
        /** Members that pledge ballots to each other; real ones only follow them. */
        BALLOTS,
        /** Members that play by the rules of 1.x, safely. */
        SHARED;

        Engine.Maker maker() {
            return switch (this) {
                case BALLOTS -> Engine.ballots();
                case SHARED -> Engine.shared();
            };
        }

        Invariants invariants() {
            return switch (this) {
                case BALLOTS -> new BallotInvariants();
                case SHARED -> new SharedInvariants();
            };
        }
    }

    private static final Pattern LINE =
            Pattern.compile(
                    "plan seed=(\\d+) size=(\\d+) real=(\\d+) disturbances=(\\d+) core=(\\w+)");

    /** The first line of a trace. */
    String line() {
        return "plan seed="
                + seed
                + " size="
                + size
                + " real="
                + real
                + " disturbances="
                + disturbances
                + " core="
                + core;
    }

    /** Reads the first line of a trace; empty if it is none. */
    static Optional<Plan> parse(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? Optional.of(
                        new Plan(
                                Long.parseLong(parts.group(1)),
                                Integer.parseInt(parts.group(2)),
                                Integer.parseInt(parts.group(3)),
                                Integer.parseInt(parts.group(4)),
                                Core.valueOf(parts.group(5))))
                : Optional.empty();
    }
}
