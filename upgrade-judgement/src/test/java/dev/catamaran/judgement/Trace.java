package dev.catamaran.judgement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a simulated cluster did, in the words of {@code model/ladder.pml}.
 *
 * @param steps in the order they happened
 */
record Trace(List<Step> steps) {

    /** The steps of the model; their order is that of {@code model/labels.h}. */
    enum Label {
        SEND,
        TAKE,
        REFUSE,
        COMMIT,
        ELECT,
        APPLY,
        SURE,
        FINAL,
        ASK,
        LEAD,
        NOTICE,
        MOVE,
        OLD,
        WORK,
        TOOK,
        SEAL,
        DRAIN,
        SEE,
        DIFF,
        COPY,
        DROP,
        CRASH,
        START_UP,
        LOST,
        CUT,
        HEAL,
        LISTED,
        UNLISTED,
        OLD_STARTS,
        OLD_PROVED,
        SILENCE;

        private static final List<Label> ORDER = List.of(values());

        /** The number that {@code model/labels.h} gives it. */
        int number() {
            return ORDER.indexOf(this) + 1;
        }
    }

    /** The number that the model gives a phase. */
    static int number(Phase phase) {
        return switch (phase) {
            case LEGACY -> 0;
            case MIRRORING -> 1;
            case FENCED -> 2;
            case JRAFT -> 3;
            case FINALIZED -> 4;
        };
    }

    /** The number that the model gives a stack. */
    static int number(Stack stack) {
        return switch (stack) {
            case LEGACY -> 0;
            case JRAFT -> 1;
        };
    }

    /** One step; what {@code a} and {@code b} say is told by the model. */
    record Step(Label label, int a, int b) {
        private String line() {
            return label.number() + " " + a + " " + b + " " + label;
        }
    }

    Trace {
        steps = List.copyOf(steps);
    }

    /** This trace without its last step of {@code label} before {@code end}. */
    Trace without(Label label, int end) {
        List<Step> fewer = new ArrayList<>(steps);
        for (int i = end - 1; i >= 0; i--) {
            if (fewer.get(i).label() == label) {
                fewer.remove(i);
                return new Trace(fewer);
            }
        }
        throw new AssertionError("no " + label + " in " + steps);
    }

    /** This trace up to {@code end}, and then {@code step}. */
    Trace endingWith(int end, Step step) {
        List<Step> other = new ArrayList<>(steps.subList(0, end));
        other.add(step);
        return new Trace(other);
    }

    /** Where the first step that equals {@code step} stands; -1 if there is none. */
    int indexOf(Step step) {
        return steps.indexOf(step);
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file, steps.stream().map(Step::line).collect(Collectors.joining("\n", "", "\n")));
    }
}
