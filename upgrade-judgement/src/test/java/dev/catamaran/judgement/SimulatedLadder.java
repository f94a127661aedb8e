package dev.catamaran.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.SimulatedMirror.Copy;
import dev.catamaran.judgement.Trace.Label;
import dev.catamaran.judgement.Trace.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A cluster of three round the real {@link Judge}: it alone decides when phases change, and {@link
 * UpgradeState} says who is primary and what is mirrored. Members, stacks, mirrors and fences round
 * it are small and follow the server's rules (docs/model.md); a seed makes them crash, lag and say
 * nothing. What happens is written down as a {@link Trace}, and what must hold is looked at after
 * every step.
 */
final class SimulatedLadder {

    static final int NOBODY = 3;
    static final long LAST_EPOCH = 36;

    private static final int IDLE = 0;
    private static final int SENT = 1;
    private static final int TAKEN = 2;
    private static final int ACKED = 3;
    private static final int UNKNOWN = 4;

    final Random random;
    final List<Step> steps = new ArrayList<>();

    /** What the transition group holds, by epoch; the last is in force. */
    final Map<Integer, UpgradeState> states = new HashMap<>();

    UpgradeState committed = UpgradeState.START;
    int groupLeader;

    final boolean[] up = {true, true, true};
    final boolean[] sure = {true, true, true};
    final int[] view = new int[3];
    int cut = NOBODY;

    /** By stack: committed records as bits, leader, whether it has asked, entries on their way. */
    final int[] records = {2, 0};

    final int[] leader = {1, 2};
    final boolean[] asked = {true, true};
    final List<Deque<Integer>> log = List.of(new ArrayDeque<>(), new ArrayDeque<>());

    final int[] write = new int[2];
    final int[] writeEpoch = new int[2];

    final SimulatedMirror[] mirror = {new SimulatedMirror(this, 0), new SimulatedMirror(this, 1)};
    final SimulatedJudge[] judge;

    /** An operator who is content with JRAFT and leaves it alone. */
    final boolean quietOperator;

    boolean guestListed;
    boolean guestOld;

    SimulatedLadder(long seed) {
        random = new Random(seed);
        quietOperator = random.nextInt(3) == 0;
        states.put(0, committed);
        judge = new SimulatedJudge[] {new SimulatedJudge(this, 0), new SimulatedJudge(this, 1)};
        judge[0].believes = true;
    }

    Trace run(int actions) {
        for (int i = 0; i < actions && committed.epoch() < LAST_EPOCH; i++) {
            act();
            check();
        }
        return new Trace(steps);
    }

    void note(Label label, int a, int b) {
        steps.add(new Step(label, a, b));
    }

    /** The judge's commit: one more entry of the transition group. */
    void commit(UpgradeState next) {
        boolean moved = next.epoch() > committed.epoch();
        committed = next;
        states.put((int) next.epoch(), next);
        if (moved) {
            check();
        }
    }

    boolean linked(int member) {
        return up[member] && cut != member;
    }

    boolean reaches(int member) {
        int linked = 0;
        for (int i = 0; i < 3; i++) {
            linked += linked(i) ? 1 : 0;
        }
        return linked(member) && linked >= 2;
    }

    int now() {
        return (int) committed.epoch();
    }

    UpgradeState at(int epoch) {
        return states.get(epoch);
    }

    boolean gateOpen(int stack, int epoch) {
        int i = leader[stack];
        return i != NOBODY && asked[stack] && sure[i] && view[i] == epoch;
    }

    /** A member acts on a later epoch; its work behind an earlier fence is void. */
    void adopt(int member, int epoch) {
        if (member < 2 && view[member] != epoch) {
            judge[member].dropFence();
        }
        view[member] = epoch;
    }

    private void act() {
        int kind = random.nextInt(100);
        if (kind < 12) {
            write(random.nextInt(2));
        } else if (kind < 26) {
            raft(random.nextInt(2));
        } else if (kind < 50) {
            member(random.nextInt(3));
        } else if (kind < 72) {
            judge[random.nextInt(2)].act();
        } else if (kind < 96) {
            mirror[random.nextInt(2)].act();
        } else {
            world();
        }
    }

    private void write(int k) {
        int i = random.nextInt(3);
        if (write[k] == IDLE && up[i] && sure[i] && at(view[i]).primary().isPresent()) {
            write[k] = SENT;
            writeEpoch[k] = view[i];
            note(Label.SEND, k, i);
        } else if (write[k] == SENT) {
            int stack = Trace.number(at(writeEpoch[k]).primary().orElseThrow());
            if (gateOpen(stack, writeEpoch[k])) {
                write[k] = TAKEN;
                log.get(stack).add(k);
                note(Label.TAKE, k, 0);
            } else {
                write[k] = IDLE;
                note(Label.REFUSE, k, 0);
            }
        }
    }

    private void raft(int stack) {
        if (random.nextInt(12) == 0) {
            elect(stack, random.nextInt(3));
        } else if (leader[stack] != NOBODY && reaches(leader[stack])) {
            Integer entry = log.get(stack).poll();
            if (entry != null) {
                note(Label.COMMIT, stack, 0);
                apply(stack, entry);
                if (entry < 2) {
                    write[entry] = ACKED;
                } else {
                    mirror[entry - 2].done();
                }
            }
        }
    }

    private void apply(int stack, int entry) {
        if (entry == 0) {
            records[stack] |= 1;
        } else if (entry == 1) {
            records[stack] &= ~2;
        } else {
            Copy copy = mirror[entry - 2].copy();
            records[stack] = (records[stack] | copy.add()) & ~copy.remove();
        }
    }

    private void elect(int stack, int i) {
        if (leader[stack] == i || !reaches(i)) {
            return;
        }
        note(Label.ELECT, stack, i);
        int kept = random.nextInt(log.get(stack).size() + 1);
        for (Integer entry = log.get(stack).poll(); entry != null; entry = log.get(stack).poll()) {
            if (kept-- > 0) {
                apply(stack, entry);
            }
            if (entry < 2) {
                write[entry] = UNKNOWN;
            } else {
                mirror[entry - 2].done();
            }
        }
        leader[stack] = i;
        asked[stack] = false;
    }

    private void member(int i) {
        boolean answered = reaches(i) && groupLeader != NOBODY;
        if (up[i] && !sure[i] && at(view[i]).phase() == Phase.FINALIZED) {
            sure[i] = true;
            note(Label.FINAL, i, 0);
        } else if (up[i] && !sure[i] && answered) {
            note(Label.SURE, i, now());
            adopt(i, now());
            sure[i] = true;
        } else if (reaches(i) && view[i] < now()) {
            note(Label.APPLY, i, view[i] + 1);
            adopt(i, view[i] + 1);
        }
        for (int stack = 0; stack < 2; stack++) {
            boolean never = sure[i] && view[i] == 0;
            if (up[i] && leader[stack] == i && !asked[stack] && (answered || never)) {
                note(Label.ASK, stack, i);
                if (answered) {
                    adopt(i, now());
                    sure[i] = true;
                }
                asked[stack] = true;
            }
        }
    }

    private void world() {
        int i = random.nextInt(3);
        switch (random.nextInt(10)) {
            case 0 -> crash(i);
            case 1, 2, 3 -> start();
            case 4 -> {
                if (cut == NOBODY) {
                    cut = i;
                    note(Label.CUT, i, 0);
                }
            }
            case 5, 6 -> {
                if (cut != NOBODY) {
                    cut = NOBODY;
                    note(Label.HEAL, 0, 0);
                }
            }
            case 7 -> {
                if (random.nextInt(3) == 0) {
                    guest();
                }
            }
            default -> judge[random.nextInt(2)].lead();
        }
    }

    private void crash(int i) {
        if (!up[0] || !up[1] || !up[2]) {
            return;
        }
        note(Label.CRASH, i, 0);
        up[i] = false;
        sure[i] = false;
        groupLeader = groupLeader == i ? NOBODY : groupLeader;
        for (int stack = 0; stack < 2; stack++) {
            if (leader[stack] == i) {
                leader[stack] = NOBODY;
                asked[stack] = false;
            }
        }
        if (i < 2) {
            judge[i].forget();
        }
        if (view[i] != 0 && random.nextInt(4) == 0) {
            note(Label.LOST, i, 0);
            view[i] = 0;
        }
    }

    private void start() {
        for (int i = 0; i < 3; i++) {
            if (!up[i]) {
                up[i] = true;
                note(Label.START_UP, i, 0);
            }
        }
    }

    private void guest() {
        if (!guestListed) {
            guestListed = true;
            note(Label.LISTED, 0, 0);
        } else if (!guestOld && random.nextInt(3) > 0) {
            guestOld = true;
            note(Label.OLD_STARTS, 0, 0);
        } else {
            guestListed = false;
            guestOld = false;
            note(Label.UNLISTED, 0, 0);
        }
    }

    /** What was acknowledged is in the stack that counts; the same as in the model. */
    private void check() {
        int truth = records[Trace.number(committed.readable())];
        assertThat(write[0] != ACKED || (truth & 1) != 0).as("write 0 after %s", steps).isTrue();
        assertThat(write[1] != ACKED || (truth & 2) == 0).as("write 1 after %s", steps).isTrue();
    }
}
