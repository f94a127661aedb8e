package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.RaftState;
import dev.catamaran.legacyraft.shared.SharedRaft;
import dev.catamaran.legacyraft.shared.SharedSettings;
import java.util.List;

/** A pure core of ours with its state, as a simulated member drives it. */
public final class Engine {

    /** Some steps are taken twice, to see that they are functions. */
    private static final int CHECKED = 16;

    /** Makes the state of a member that starts with what it holds on disk. */
    interface Maker {
        MemberState start(String self, List<String> members, Held held, long epoch, long random);
    }

    private MemberState state;
    private int steps;

    Engine(MemberState state) {
        this.state = state;
    }

    /** Takes an event; gives back what there is to do. */
    List<Effect> step(Event event) {
        MemberState.Step step = state.step(event);
        if (steps++ % CHECKED == 0 && !state.step(event).effects().equals(step.effects())) {
            throw new AssertionError("not a function: " + event);
        }
        state = step.next();
        return step.effects();
    }

    public MemberState state() {
        return state;
    }

    /** Members that pledge ballots to each other. */
    static Maker ballots() {
        return (self, members, held, epoch, random) ->
                RaftState.start(CoreSettings.of(self, members), held, epoch, random);
    }

    /** Members that share the raft with real servers. */
    static Maker shared() {
        return (self, members, held, epoch, random) ->
                SharedRaft.start(SharedSettings.of(CoreSettings.of(self, members)), held, random);
    }
}
