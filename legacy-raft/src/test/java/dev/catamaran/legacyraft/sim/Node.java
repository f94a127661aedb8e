package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.RaftCore;
import dev.catamaran.legacyraft.core.RaftState;
import dev.catamaran.legacyraft.store.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A simulated member: a core, a disk, and whether it runs. */
final class Node {

    final String name;
    final MemoryStore store = new MemoryStore();
    private final CoreSettings settings;
    private Optional<RaftState> state = Optional.empty();
    int life;
    long epoch;
    private int steps;

    Node(String name, List<String> members) {
        this.name = name;
        this.settings = CoreSettings.of(name, members);
    }

    void start(long random) {
        life++;
        state = Optional.of(RaftState.start(settings, store.load(), epoch, random));
    }

    void stop() {
        life++;
        state = Optional.empty();
    }

    boolean runs() {
        return state.isPresent();
    }

    RaftState state() {
        return state.orElseThrow();
    }

    /** Steps, saves, and gives back what may be done outside; stops if the power goes. */
    List<Effect> step(Event event) {
        RaftCore.Step step = RaftCore.step(state(), event);
        if (steps++ % 16 == 0 && !RaftCore.step(state(), event).effects().equals(step.effects())) {
            throw new AssertionError("not a function: " + event);
        }
        state = Optional.of(step.state());
        List<Effect> outside = new ArrayList<>();
        try {
            for (Effect effect : step.effects()) {
                if (effect instanceof Effect.Save save) {
                    store.apply(save);
                } else {
                    outside.add(effect);
                }
            }
        } catch (MemoryStore.PowerLost e) {
            stop();
        }
        return outside;
    }
}
