package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Event;
import java.util.function.LongFunction;

/**
 * A call from member to member. Among ours it is the core's event itself, which is fast; where a
 * real member is at either end it is what travels on the wire.
 */
sealed interface Request {

    /** Between members of ours; the number names who waits for the reply. */
    record Ours(LongFunction<Event> event) implements Request {}

    /** As 1.x sends it, after what HTTP itself decodes. */
    record Wire(Route route, byte[] body) implements Request {}

    /** The calls of spec legacy-raft 1.1 that members make. */
    enum Route {
        VOTE,
        BEAT,
        COMMIT,
        DELETE_COMMIT,
        DATUM,
        PEER,
        PUBLISH,
        DELETE,
        NAMES
    }
}
