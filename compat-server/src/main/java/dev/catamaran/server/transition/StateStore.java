package dev.catamaran.server.transition;

import java.io.IOException;

/** Where a member keeps its copy of the transition state across restarts. */
public interface StateStore {

    /** Saves durably: when it returns, the state survives a crash. */
    void save(TransitionState state) throws IOException;
}
