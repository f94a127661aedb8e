package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Position;
import java.util.Optional;

/** What must hold after every event, whatever happened. Throws when it does not. */
interface Invariants {

    /** A serving leader is about to be asked for a change; empty to delete. */
    void submitted(OurMember leader, long opId, String key, Optional<String> value);

    /** A proof of leadership is about to be asked for. */
    void proofWanted(long opId);

    /** A wish was acknowledged. */
    void acknowledged(long opId, Position position);

    /** A member has taken an event. */
    void check(Fleet fleet, OurMember stepped);

    /** All faults are over and time has passed. */
    void checkAtTheEnd(Fleet fleet);

    /** Whether after healing a member of ours must lead. */
    boolean oursMustLead(Fleet fleet);

    /** How many changes were acknowledged. */
    int acknowledgements();
}
