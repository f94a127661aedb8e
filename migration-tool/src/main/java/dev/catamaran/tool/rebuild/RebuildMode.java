package dev.catamaran.tool.rebuild;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What kind of change a rebuild makes. Each but the first is asked for explicitly. */
public sealed interface RebuildMode {

    /** Members lost for ever, by their old addresses. */
    SortedSet<Member> lost();

    /** The word of the command line. */
    String word();

    /** All members are there and get new addresses: nothing can be lost (spec: jraft-disk 4 R). */
    record Rename() implements RebuildMode {
        @Override
        public SortedSet<Member> lost() {
            return Collections.emptySortedSet();
        }

        @Override
        public String word() {
            return "rename";
        }
    }

    /**
     * Some members are lost, the others are renamed and elect alone; new members join online later.
     */
    record Survivors(SortedSet<Member> lost) implements RebuildMode {
        public Survivors {
            lost = copy(lost);
        }

        @Override
        public String word() {
            return "survivors";
        }
    }

    /**
     * The voters change offline: the best store is renamed, gets one more configuration entry at a
     * higher term, and becomes the store of every new member (spec: jraft-disk 4 M, "clone").
     */
    sealed interface Reform extends RebuildMode {

        /** All members afterwards, by their new addresses. */
        SortedSet<Member> members();
    }

    /** Fewer members afterwards, all of them old ones. */
    record Shrink(SortedSet<Member> lost, SortedSet<Member> members) implements Reform {
        public Shrink {
            lost = copy(lost);
            members = copy(members);
        }

        @Override
        public String word() {
            return "shrink";
        }
    }

    /** All old members and more afterwards. */
    record Grow(SortedSet<Member> members) implements Reform {
        public Grow {
            members = copy(members);
        }

        @Override
        public SortedSet<Member> lost() {
            return Collections.emptySortedSet();
        }

        @Override
        public String word() {
            return "grow";
        }
    }

    /** Any other set of members afterwards, from what is left of the old one. */
    record CloneBest(SortedSet<Member> lost, SortedSet<Member> members) implements Reform {
        public CloneBest {
            lost = copy(lost);
            members = copy(members);
        }

        @Override
        public String word() {
            return "clone";
        }
    }

    private static SortedSet<Member> copy(SortedSet<Member> members) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(members));
    }
}
