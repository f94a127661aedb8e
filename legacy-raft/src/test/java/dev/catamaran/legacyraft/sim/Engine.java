package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.RaftCore;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.core.RaftState;
import dev.catamaran.legacyraft.shared.SharedRaft;
import dev.catamaran.legacyraft.shared.SharedSettings;
import dev.catamaran.legacyraft.shared.SharedState;
import java.util.List;
import java.util.Optional;

/** A pure core of ours with its state, as a simulated member drives it. */
public interface Engine {

    /** Makes the core of a member that starts with what it holds on disk. */
    interface Maker {
        Engine start(String self, List<String> members, Held held, long epoch, long random);
    }

    /** Takes an event; gives back what there is to do. */
    List<Effect> step(Event event);

    Held held();

    RaftPeer peer();

    Optional<String> leader();

    boolean leads();

    /** Whether it leads and takes changes. */
    boolean serves();

    /** The core of members that pledge ballots to each other. */
    static Maker ballots() {
        return (self, members, held, epoch, random) ->
                new Ballots(RaftState.start(CoreSettings.of(self, members), held, epoch, random));
    }

    /** {@link RaftCore}. */
    final class Ballots implements Engine {
        private RaftState state;
        private int steps;

        Ballots(RaftState state) {
            this.state = state;
        }

        @Override
        public List<Effect> step(Event event) {
            RaftCore.Step step = RaftCore.step(state, event);
            if (steps++ % 16 == 0
                    && !RaftCore.step(state, event).effects().equals(step.effects())) {
                throw new AssertionError("not a function: " + event);
            }
            state = step.state();
            return step.effects();
        }

        @Override
        public Held held() {
            return state.held();
        }

        @Override
        public RaftPeer peer() {
            return state.peer();
        }

        @Override
        public Optional<String> leader() {
            return state.leader();
        }

        @Override
        public boolean leads() {
            return state.isLeader();
        }

        @Override
        public boolean serves() {
            return state.isServing();
        }
    }

    /** The core of members that share the raft with real servers. */
    static Maker shared() {
        return (self, members, held, epoch, random) ->
                new Shared(
                        SharedRaft.start(
                                SharedSettings.of(CoreSettings.of(self, members)), held, random));
    }

    /** {@link SharedRaft}. */
    final class Shared implements Engine {
        private SharedState state;
        private int steps;

        Shared(SharedState state) {
            this.state = state;
        }

        @Override
        public List<Effect> step(Event event) {
            SharedRaft.Step step = SharedRaft.step(state, event);
            if (steps++ % 16 == 0
                    && !SharedRaft.step(state, event).effects().equals(step.effects())) {
                throw new AssertionError("not a function: " + event);
            }
            state = step.state();
            return step.effects();
        }

        SharedState state() {
            return state;
        }

        @Override
        public Held held() {
            return state.held();
        }

        @Override
        public RaftPeer peer() {
            return state.peer();
        }

        @Override
        public Optional<String> leader() {
            return state.leader();
        }

        @Override
        public boolean leads() {
            return state.isLeader();
        }

        @Override
        public boolean serves() {
            return state.isServing();
        }
    }
}
