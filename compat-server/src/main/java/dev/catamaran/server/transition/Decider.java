package dev.catamaran.server.transition;

import dev.catamaran.judgement.Decision;
import dev.catamaran.judgement.JudgeMemory;
import dev.catamaran.judgement.JudgeSettings;
import dev.catamaran.judgement.UpgradeEvent;
import dev.catamaran.judgement.UpgradeState;

/** The judge as the loop sees it: a pure function. */
@FunctionalInterface
public interface Decider {

    /** What to become and do, given what was remembered, where the cluster is, and a fact. */
    Decision step(
            JudgeMemory memory, UpgradeState state, JudgeSettings settings, UpgradeEvent event);
}
