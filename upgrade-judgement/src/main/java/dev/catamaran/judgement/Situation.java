package dev.catamaran.judgement;

/** Everything a rule may look at. */
record Situation(
        UpgradeState state,
        JudgeMemory memory,
        JudgeSettings settings,
        ClusterView cluster,
        MirrorEvidence mirror) {

    /** An address an operator can call. */
    String self() {
        return cluster.self();
    }
}
