package dev.catamaran.legacyraft.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The first start on homes that only ever held foreign files: the leader's own files prove nothing,
 * so it unites those of all members before anyone is made equal to it (spec: legacy-raft 9.1 D2).
 */
final class Gathering {

    private static final long ASK_AGAIN_MS = 1_000;

    private Gathering() {}

    static void begin(Draft draft, Leadership leadership) {
        leadership.stage = Leadership.Stage.GATHERING;
        leadership.gatherSinceMs = draft.nowMs;
        leadership.inventories.put(draft.settings.self(), draft.held.datums().values());
        ask(draft, leadership);
        uniteIfComplete(draft, leadership);
    }

    static void onTick(Draft draft, Leadership leadership) {
        if (draft.nowMs >= leadership.gatherAgainMs) {
            ask(draft, leadership);
        }
        uniteIfComplete(draft, leadership);
    }

    static void onArrived(Draft draft, Event.InventoryArrived arrived) {
        Leadership leadership = draft.leadership;
        if (leadership == null
                || leadership.stage != Leadership.Stage.GATHERING
                || leadership.ballot != arrived.ballot()
                || !draft.isMember(arrived.member())) {
            return;
        }
        leadership.inventories.put(arrived.member(), arrived.datums());
        uniteIfComplete(draft, leadership);
    }

    private static void ask(Draft draft, Leadership leadership) {
        leadership.gatherAgainMs = draft.nowMs + ASK_AGAIN_MS;
        for (String member : draft.settings.others()) {
            if (!leadership.inventories.containsKey(member)) {
                draft.emit(new Effect.FetchInventory(member, leadership.ballot));
            }
        }
    }

    private static void uniteIfComplete(Draft draft, Leadership leadership) {
        int have = leadership.inventories.size();
        boolean all = have == draft.settings.members().size();
        boolean late = draft.nowMs - leadership.gatherSinceMs >= draft.settings.gatherTimeoutMs();
        if (!all && !(late && have >= draft.settings.majority())) {
            return;
        }
        Map<String, Datum> best = new TreeMap<>();
        for (Datum own : draft.held.datums().values()) {
            best.put(own.key(), own);
        }
        Set<String> differing = new HashSet<>();
        leadership.inventories.forEach(
                (member, datums) -> {
                    for (Datum datum : datums) {
                        best.merge(datum.key(), datum, (kept, other) -> newer(kept, other));
                        Datum kept = best.get(datum.key());
                        if (kept != null
                                && kept.timestamp() == datum.timestamp()
                                && !kept.value().equals(datum.value())) {
                            differing.add(datum.key());
                        }
                    }
                });
        List<String> absent = new ArrayList<>(draft.settings.members());
        absent.removeAll(leadership.inventories.keySet());
        draft.note(
                "gathered members="
                        + have
                        + " absent="
                        + absent
                        + " keys="
                        + best.size()
                        + " differing="
                        + differing.stream().sorted().limit(10).toList());
        leadership.inventories.clear();
        leadership.stage = Leadership.Stage.STAMPING;
        Leading.stamp(draft, leadership, best.values());
    }

    private static Datum newer(Datum kept, Datum other) {
        int byPosition = other.position().compareTo(kept.position());
        if (byPosition != 0) {
            return byPosition > 0 ? other : kept;
        }
        return other.timestamp() > kept.timestamp() ? other : kept;
    }
}
