package dev.catamaran.judgement;

import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import dev.catamaran.judgement.Trace.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The judgement loop of one member in a {@link SimulatedLadder}, with the fence work it orders. */
final class SimulatedJudge {

    private static final List<String> ADDRESSES = Scene.PLANNED;

    private final SimulatedLadder ladder;
    private final int member;
    private final JudgeSettings settings;

    boolean believes;
    private JudgeMemory memory = JudgeMemory.EMPTY;
    private long nowMs = 1_000;

    private int fence;
    private int took;
    private int sealed;
    private boolean equal;

    SimulatedJudge(SimulatedLadder ladder, int member) {
        this.ladder = ladder;
        this.member = member;
        boolean auto = ladder.random.nextBoolean();
        this.settings =
                JudgeSettings.DEFAULTS.withPolicies(
                        auto ? UpgradePolicy.AUTO : UpgradePolicy.OPERATOR, DowngradePolicy.AUTO);
    }

    void act() {
        if (believes && ladder.groupLeader != member && ladder.random.nextInt(4) == 0) {
            ladder.note(Label.NOTICE, member, 0);
            forget();
        } else if (ladder.random.nextInt(3) > 0) {
            fenceWork();
        } else if (decides()) {
            boolean fenced = ladder.committed.phase() == Phase.FENCED;
            nowMs += ladder.random.nextInt(fenced ? 600 : 6_000);
            decide();
        }
    }

    /** An election of the transition group. */
    void lead() {
        boolean can = ladder.reaches(member) && ladder.sure[member];
        if (ladder.groupLeader == member || !can) {
            return;
        }
        ladder.note(Label.LEAD, member, 0);
        ladder.adopt(member, ladder.now());
        ladder.groupLeader = member;
        believes = true;
        memory = JudgeMemory.EMPTY;
    }

    void forget() {
        believes = false;
        memory = JudgeMemory.EMPTY;
        dropFence();
        ladder.mirror[member].forget();
    }

    void dropFence() {
        fence = 0;
        took = 0;
        sealed = 0;
        equal = false;
    }

    private boolean decides() {
        return ladder.groupLeader == member
                && ladder.reaches(member)
                && ladder.view[member] == ladder.now();
    }

    private void decide() {
        UpgradeState before = ladder.committed;
        Decision decision = Checked.step(memory, before, settings, event(before));
        memory = decision.memory();
        if (decision.next().epoch() > before.epoch()) {
            noteMove(before, decision);
        }
        if (!decision.next().equals(before)) {
            ladder.commit(decision.next());
        }
    }

    private void noteMove(UpgradeState before, Decision decision) {
        UpgradeState next = decision.next();
        boolean byOld =
                next.fence().equals(Optional.of(new Fence(Phase.JRAFT, Phase.MIRRORING)))
                        && decision.because().get(0).rule() == Rule.AUTOMATIC;
        if (byOld) {
            ladder.note(Label.OLD_PROVED, 0, 0);
            ladder.note(Label.OLD, 0, 0);
            ladder.note(Label.SILENCE, 0, 0);
            ladder.guestOld = false;
        } else if (before.fence().isPresent()) {
            boolean through = next.phase() == before.fence().get().to();
            ladder.note(Label.MOVE, Trace.number(next.phase()), through ? 2 : 1);
        } else {
            int aim = next.fence().map(to -> Trace.number(to.to())).orElse(0);
            ladder.note(Label.MOVE, Trace.number(next.phase()), aim);
        }
    }

    private UpgradeEvent event(UpgradeState state) {
        if (state.phase() == Phase.FENCED && ladder.random.nextInt(8) > 0) {
            return new UpgradeEvent.FenceReported(nowMs, fenceEvidence());
        }
        boolean settled = ladder.quietOperator && state.phase() == Phase.JRAFT;
        if (settled || ladder.random.nextInt(3) == 0) {
            return new UpgradeEvent.Observed(nowMs, cluster(), mirror());
        }
        return new UpgradeEvent.Ordered(nowMs, order(), cluster(), mirror());
    }

    private FenceEvidence fenceEvidence() {
        if (ladder.random.nextInt(20) == 0) {
            return FenceEvidence.failed(fence, "no quorum");
        }
        return equal
                ? FenceEvidence.complete(fence)
                : new FenceEvidence(fence, sealed == 3, false, Optional.empty(), Optional.empty());
    }

    private Order order() {
        return switch (ladder.random.nextInt(12)) {
            case 0 -> new Order.Hold("audit", "anna");
            case 1, 2, 3 -> new Order.Release("anna");
            default -> {
                Phase[] phases = {Phase.LEGACY, Phase.MIRRORING, Phase.JRAFT, Phase.JRAFT};
                Phase to =
                        ladder.random.nextInt(6) == 0
                                ? Phase.FINALIZED
                                : phases[ladder.random.nextInt(phases.length)];
                yield new Order.MoveTo(to, false, true, "try", "anna");
            }
        };
    }

    private ClusterView cluster() {
        List<MemberEvidence> members = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            members.add(evidence(i));
        }
        if (ladder.guestListed) {
            boolean heard = ladder.guestOld && ladder.random.nextInt(30) > 0;
            members.add(heard ? Scene.real(Scene.D, "1.4.2") : silent(Scene.D, 0));
        }
        return new ClusterView(ADDRESSES.get(member), ADDRESSES, members);
    }

    private MemberEvidence evidence(int i) {
        boolean heard = i == member || (ladder.linked(i) && ladder.random.nextInt(12) > 0);
        String address = ADDRESSES.get(i);
        return heard ? Scene.catamaran(address, ladder.view[i]) : silent(address, ladder.view[i]);
    }

    private MemberEvidence silent(String address, int epoch) {
        return switch (ladder.random.nextInt(4)) {
            case 0 -> MemberEvidence.unknown(address);
            case 1 -> Scene.stale(address, epoch);
            case 2 -> Scene.unreachable(Scene.real(address, "1.4.2"));
            default -> Scene.hearsay(address, "1.4.2");
        };
    }

    private MirrorEvidence mirror() {
        int epoch = ladder.view[member];
        if (ladder.at(epoch).mirrorSource().isEmpty()) {
            return MirrorEvidence.NONE;
        }
        boolean differ = ladder.records[0] != ladder.records[1];
        return Scene.mirror(
                epoch, differ ? 1 : 0, 0, "d" + ladder.records[0], "d" + ladder.records[1]);
    }

    private void fenceWork() {
        UpgradeState mine = ladder.at(ladder.view[member]);
        boolean fenced = mine.phase() == Phase.FENCED;
        if (believes && ladder.up[member] && fenced && fence != ladder.view[member]) {
            dropFence();
            fence = ladder.view[member];
            ladder.note(Label.WORK, member, fence);
        } else if (fence != 0 && !equal) {
            ask(ladder.random.nextInt(3));
            seal(ladder.random.nextInt(2));
            drain();
        }
    }

    private void ask(int i) {
        boolean says = ladder.linked(member) && ladder.linked(i) && ladder.view[i] == fence;
        if (says && (took & (1 << i)) == 0) {
            took |= 1 << i;
            ladder.note(Label.TOOK, member, i);
        }
    }

    private void seal(int stack) {
        int i = ladder.leader[stack];
        boolean can =
                ladder.linked(member)
                        && i != SimulatedLadder.NOBODY
                        && ladder.reaches(i)
                        && ladder.view[i] == fence
                        && ladder.log.get(stack).isEmpty();
        if (can && (sealed & (1 << stack)) == 0) {
            sealed |= 1 << stack;
            ladder.note(Label.SEAL, member, stack);
        }
    }

    private void drain() {
        boolean everyone =
                took == 7 || ladder.at(fence).fence().orElseThrow().to() == Phase.MIRRORING;
        boolean can =
                sealed == 3
                        && everyone
                        && ladder.mirror[member].idle()
                        && ladder.view[member] == fence
                        && ladder.reaches(member);
        if (can) {
            ladder.note(Label.DRAIN, member, 0);
            if (ladder.records[0] == ladder.records[1]) {
                equal = true;
            } else {
                ladder.mirror[member].drain(fence);
            }
        }
    }
}
