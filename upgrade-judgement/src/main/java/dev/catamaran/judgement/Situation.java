package dev.catamaran.judgement;

/** Everything a rule may look at. */
record Situation(
        UpgradeState state,
        JudgeMemory memory,
        JudgeSettings settings,
        ClusterView cluster,
        MirrorEvidence mirror) {

    Situation remembering(JudgeMemory newMemory) {
        return new Situation(state, newMemory, settings, cluster, mirror);
    }

    /** An address an operator can call. */
    String self() {
        return cluster.self();
    }
}
