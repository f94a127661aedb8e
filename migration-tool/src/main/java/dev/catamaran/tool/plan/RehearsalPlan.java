package dev.catamaran.tool.plan;

import dev.catamaran.judgement.Phase;
import java.util.ArrayList;
import java.util.List;

/** Which steps make up a rehearsal. */
public final class RehearsalPlan {

    private RehearsalPlan() {}

    /**
     * The whole ladder, up, down and up again, to the end: in every phase one member is killed, in
     * MIRRORING also the leader of the primary stack, and once such a leader during a switch. Each
     * phase ends with a checkpoint.
     */
    public static List<Step> full() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.StartMembers());
        steps.add(new Step.StartLoad());
        steps.add(new Step.KillMember(Step.Victim.FOLLOWER));
        steps.add(new Step.Checkpoint(false));
        steps.add(new Step.Move(Phase.MIRRORING, false, false));
        steps.add(new Step.KillMember(Step.Victim.FOLLOWER));
        steps.add(new Step.KillMember(Step.Victim.PRIMARY_LEADER));
        steps.add(new Step.Checkpoint(false));
        steps.addAll(phase(new Step.Move(Phase.JRAFT, false, false)));
        steps.addAll(phase(new Step.Move(Phase.MIRRORING, false, true)));
        steps.addAll(phase(new Step.Move(Phase.JRAFT, true, false)));
        steps.add(new Step.Move(Phase.FINALIZED, false, false));
        steps.add(new Step.KillMember(Step.Victim.FOLLOWER));
        steps.add(new Step.Checkpoint(true));
        return List.copyOf(steps);
    }

    private static List<Step> phase(Step.Move move) {
        return List.of(move, new Step.KillMember(Step.Victim.FOLLOWER), new Step.Checkpoint(false));
    }
}
