package dev.catamaran.legacyraft.store;

import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Held;
import java.io.IOException;

/** Where a member keeps what the core holds. Used by one thread. */
public interface LegacyStore {

    /** Reads everything; changes nothing but setting aside what cannot be read. */
    Held load() throws IOException;

    /**
     * Makes one change durable before it returns. Must not leave a state from which {@link #load()}
     * would give a position whose datums are not all there: a change of several datums is marked
     * first. After a failure the store must be loaded again before it is used.
     */
    void apply(Effect.Save save) throws IOException;
}
