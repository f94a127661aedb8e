package dev.catamaran.legacyraft.sim;

/** What differs between the 1.x lines where the raft is concerned (spec: legacy-raft, head). */
public enum RealVersion {
    /** Up to 1.2: takes the persisted term up at a start. */
    V1_1(true),
    /** 1.3 and later: starts at term 0 whatever its file says (3.9). */
    V1_3(false),
    /** 1.4, and the copy in 2.0 and 2.1. */
    V1_4(false);

    private final boolean restoresTerm;

    RealVersion(boolean restoresTerm) {
        this.restoresTerm = restoresTerm;
    }

    boolean restoresTerm() {
        return restoresTerm;
    }
}
