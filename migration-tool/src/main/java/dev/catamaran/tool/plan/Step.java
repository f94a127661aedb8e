package dev.catamaran.tool.plan;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;

/** One step of a rehearsal. */
public sealed interface Step {

    /** What is done, in a few words, for people. */
    String title();

    /** Starts all members and waits until each serves and holds the home's records. */
    record StartMembers() implements Step {
        @Override
        public String title() {
            return "start three members on 1.x data";
        }
    }

    /** Starts the writers and readers. */
    record StartLoad() implements Step {
        @Override
        public String title() {
            return "start writing and reading";
        }
    }

    /** Ends one member with kill -9, starts it again on its home, waits until it serves. */
    record KillMember(Victim victim) implements Step {
        public KillMember {
            requireNonNull(victim, "victim is null");
        }

        @Override
        public String title() {
            return switch (victim) {
                case FOLLOWER -> "kill -9 one member, start it again";
                case PRIMARY_LEADER -> "kill -9 the leader of the primary stack, start it again";
            };
        }
    }

    /**
     * Orders the cluster into a phase and waits until every member is there.
     *
     * @param to the phase
     * @param killLeader whether the leader of the primary stack is killed while it happens
     * @param downgrade whether this leads back down the ladder
     */
    record Move(Phase to, boolean killLeader, boolean downgrade) implements Step {
        public Move {
            requireNonNull(to, "to is null");
        }

        /** Whether writes must stop for a moment because another stack takes over. */
        public boolean isSwitch() {
            return to == Phase.JRAFT || to == Phase.FINALIZED || downgrade;
        }

        @Override
        public String title() {
            String verb = downgrade ? "order the downgrade to " : "order ";
            return verb + to + (killLeader ? ", kill -9 the primary's leader during it" : "");
        }
    }

    /**
     * Lets the writers rest, waits until the stacks agree, and judges every record on every member.
     *
     * @param last whether the writers stop for good
     */
    record Checkpoint(boolean last) implements Step {
        @Override
        public String title() {
            return last ? "stop writing, judge every record" : "pause writing, judge every record";
        }
    }

    /** Which member is ended. */
    enum Victim {
        /** One that does not lead the primary stack. */
        FOLLOWER,
        /** The one that leads the primary stack. */
        PRIMARY_LEADER
    }
}
