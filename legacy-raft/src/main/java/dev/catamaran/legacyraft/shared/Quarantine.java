package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Datum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keys a leader's beats do not list and that are not deleted yet (spec: legacy-raft 9.1 D2, D8).
 * What is more than the limits is deleted when the same leader has said so in several beats and
 * answers that it does not have them; what is most of all is not deleted without an operator.
 *
 * @param keys what is kept
 * @param beats how many in a row
 * @param absent those the leader was asked for and does not have
 * @param never whether only an operator can end it
 */
record Quarantine(SortedSet<String> keys, int beats, Set<String> absent, boolean never) {

    Quarantine {
        keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        absent = Set.copyOf(absent);
    }

    static void consider(Work work, Beat beat, SortedSet<String> unlisted) {
        if (unlisted.isEmpty()) {
            work.heldBack = null;
            return;
        }
        SharedSettings.DeleteLimits limits = work.settings.limits();
        int share = unlisted.size() * 100 / work.held.datums().size();
        boolean noKeys = beat.items().isEmpty() && work.has(Defence.EMPTY_BEAT);
        boolean much =
                unlisted.size() > limits.keys()
                        || (share > limits.percent() && unlisted.size() > 2);
        if (!noKeys && !(much && work.has(Defence.QUARANTINE))) {
            deleteAll(work, unlisted);
            work.heldBack = null;
            return;
        }
        Quarantine before = work.heldBack;
        boolean again = before != null && before.keys.equals(unlisted);
        // one of ours does not lead before it has read what a majority holds
        boolean real = beat.peer().pledge().isEmpty();
        boolean never = real && (noKeys || share > limits.neverPercent());
        Quarantine now =
                new Quarantine(
                        unlisted,
                        again && before != null ? before.beats + 1 : 1,
                        again && before != null ? before.absent : Set.of(),
                        never);
        work.heldBack = now;
        if (!again) {
            work.note(
                    "deletes-held-back leader="
                            + beat.peer().ip()
                            + " keys="
                            + unlisted.size()
                            + " of="
                            + work.held.datums().size()
                            + " until="
                            + (never ? "an operator allows them" : "the leader confirms them"));
        }
        if (!never && now.beats >= limits.beats() && !work.asking(Work.Purpose.CONFIRM)) {
            List<String> open = new ArrayList<>(unlisted);
            open.removeAll(now.absent);
            Fetches.inBatches(work, beat.peer().ip(), open, Work.Purpose.CONFIRM);
        }
    }

    /** The leader answered for some of the keys. */
    static void answered(Work work, List<String> asked, Collection<Datum> has) {
        Quarantine held = work.heldBack;
        if (held == null) {
            return;
        }
        Set<String> absent = new TreeSet<>(held.absent);
        absent.addAll(asked);
        has.forEach(datum -> absent.remove(datum.key()));
        if (absent.containsAll(held.keys)) {
            work.note("deletes-confirmed keys=" + held.keys.size());
            deleteAll(work, held.keys);
            work.heldBack = null;
        } else {
            work.heldBack = new Quarantine(held.keys, held.beats, absent, held.never);
        }
    }

    /** An operator has looked and wants them gone. */
    static void allow(Work work) {
        Quarantine held = work.heldBack;
        if (held != null) {
            work.note("deletes-allowed keys=" + held.keys.size());
            deleteAll(work, held.keys);
            work.heldBack = null;
        }
    }

    private static void deleteAll(Work work, Collection<String> keys) {
        for (String key : List.copyOf(keys)) {
            work.delete(key, 0);
        }
    }
}
