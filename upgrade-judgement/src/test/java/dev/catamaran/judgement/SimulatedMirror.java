package dev.catamaran.judgement;

import dev.catamaran.judgement.Trace.Label;

/** The mirror of one member in a {@link SimulatedLadder}: sees, compares, sends. */
final class SimulatedMirror {

    private enum At {
        IDLE,
        SEEN,
        SENT,
        TAKEN
    }

    /** What is to be added to the target and removed from it, as bits. */
    record Copy(int add, int remove) {
        private static final Copy NOTHING = new Copy(0, 0);
    }

    private final SimulatedLadder ladder;
    private final int member;
    private At at = At.IDLE;
    private int epoch;
    private int from;
    private int seen;
    private Copy copy = Copy.NOTHING;

    SimulatedMirror(SimulatedLadder ladder, int member) {
        this.ladder = ladder;
        this.member = member;
    }

    boolean idle() {
        return at == At.IDLE;
    }

    Copy copy() {
        return copy;
    }

    void act() {
        switch (at) {
            case IDLE -> see();
            case SEEN -> difference();
            case SENT -> deliver();
            case TAKEN -> {}
        }
    }

    /** What the process forgets when it ends or stops to lead; what it sent is on its way. */
    void forget() {
        if (at == At.SEEN) {
            at = At.IDLE;
        }
    }

    void done() {
        at = At.IDLE;
        copy = Copy.NOTHING;
    }

    /** Behind a fence: both stacks as they are, nothing can change the source any more. */
    void drain(int fence) {
        from = source(fence);
        seen = ladder.records[from];
        send(fence);
    }

    private boolean turns() {
        UpgradeState state = ladder.at(ladder.view[member]);
        return state.mirrorSource().isPresent() && state.phase() != Phase.FENCED;
    }

    private int source(int ofEpoch) {
        return Trace.number(ladder.at(ofEpoch).mirrorSource().orElseThrow());
    }

    private void see() {
        boolean differ = ladder.records[0] != ladder.records[1];
        if (ladder.judge[member].believes && ladder.up[member] && turns() && differ) {
            ladder.note(Label.SEE, member, 0);
            from = source(ladder.view[member]);
            seen = ladder.records[from];
            at = At.SEEN;
        }
    }

    private void difference() {
        if (!ladder.judge[member].believes || !ladder.reaches(member)) {
            return;
        }
        ladder.note(Label.DIFF, member, 0);
        at = At.IDLE;
        if (turns() && source(ladder.view[member]) == from) {
            send(ladder.view[member]);
        }
    }

    private void send(int underEpoch) {
        int target = ladder.records[1 - from];
        copy = new Copy(seen & ~target, target & ~seen);
        epoch = underEpoch;
        at = copy.equals(Copy.NOTHING) ? At.IDLE : At.SENT;
    }

    private void deliver() {
        if (ladder.gateOpen(1 - from, epoch)) {
            ladder.note(Label.COPY, member, 0);
            ladder.log.get(1 - from).add(2 + member);
            at = At.TAKEN;
        } else {
            ladder.note(Label.DROP, member, 0);
            done();
        }
    }
}
