package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.registry.v1.LegacyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reading datums from others, in batches (spec: legacy-raft 4.5). */
final class Fetches {

    /** Keys asked for at once, as in 1.x: they travel in a URL. */
    static final int BATCH = 50;

    /** Batches asked for after one beat; the next beat asks for the rest. */
    private static final int MAX_BATCHES = 20;

    /** After this a fetch that was never answered is forgotten. */
    private static final long FORGET_MS = 15_000;

    private Fetches() {}

    /** Asks the leader for what is missing; gives back whether all of it was asked for. */
    static boolean follow(Work work, String leader, List<String> missing) {
        work.asked.values().removeIf(one -> work.nowMs - one.sinceMs() > FORGET_MS);
        if (work.asking(Work.Purpose.FOLLOW)) {
            return missing.isEmpty();
        }
        int most = Math.min(missing.size(), BATCH * MAX_BATCHES);
        inBatches(work, leader, missing.subList(0, most), Work.Purpose.FOLLOW);
        return most == missing.size();
    }

    /** Asks; gives back in how many batches. */
    static int inBatches(Work work, String member, List<String> keys, Work.Purpose purpose) {
        int batches = 0;
        for (int from = 0; from < keys.size(); from += BATCH) {
            work.fetch(member, keys.subList(from, Math.min(from + BATCH, keys.size())), purpose);
            batches++;
        }
        return batches;
    }

    static void onFetched(Work work, Event.Fetched fetched) {
        Work.Asked asked = work.asked.remove(fetched.fetchId());
        if (asked == null) {
            return;
        }
        List<Datum> datums =
                fetched.datums().stream()
                        .filter(datum -> asked.keys().contains(datum.key()))
                        .toList();
        switch (asked.purpose()) {
            case FOLLOW -> takeFromLeader(work, asked, datums);
            case CONFIRM -> {
                if (work.leader.equals(Optional.of(asked.member()))) {
                    Quarantine.answered(work, asked.keys(), datums);
                }
            }
            case GATHER -> takeFromVoter(work, asked, datums);
        }
    }

    static void onFailed(Work work, Event.FetchFailed failed) {
        Work.Asked asked = work.asked.remove(failed.fetchId());
        Lead lead = work.lead;
        work.progress.stopsAwaiting();
        if (asked != null && asked.purpose() == Work.Purpose.GATHER && lead != null) {
            // asked again from the start when the voter is next looked at
            lead.awaited.remove(asked.member());
            work.asked.values().removeIf(one -> one.member().equals(asked.member()));
        }
    }

    /** Nothing verifies in 1.x that the sender still leads when its answer comes; here it must. */
    private static void takeFromLeader(Work work, Work.Asked asked, List<Datum> datums) {
        if (!work.leader.equals(Optional.of(asked.member()))) {
            return;
        }
        for (Datum datum : datums) {
            long own = work.held.datums().get(datum.key()).map(Datum::timestamp).orElse(0L);
            if (own >= datum.timestamp()) {
                continue;
            }
            if (own == 0 && work.touchedSince(datum.key(), asked.sinceMs())) {
                // perhaps it was deleted meanwhile; the next beat says
                work.progress.stopsAwaiting();
                continue;
            }
            work.fromLeader = work.fromLeader.with(datum.key(), datum.timestamp());
            work.put(datum.key(), datum.value(), datum.timestamp());
            Heeding.moveTerm(work, work.leaderTerm);
        }
        if (datums.size() < asked.keys().size()) {
            // some were deleted since the beat; the next one says
            work.progress.stopsAwaiting();
        }
        work.progress.fetched(asked.keys());
    }

    private static void takeFromVoter(Work work, Work.Asked asked, List<Datum> datums) {
        Lead lead = work.lead;
        if (lead == null) {
            return;
        }
        for (Datum datum : datums) {
            if (lead.serving) {
                Ruling.level(work, lead, datum);
                continue;
            }
            long dead =
                    work.held.tombstones().get(datum.key()).map(Tombstone::timestamp).orElse(0L);
            long own = work.held.datums().get(datum.key()).map(Datum::timestamp).orElse(0L);
            boolean deleted = dead >= datum.timestamp() && work.has(Defence.TOMBSTONES);
            if (!deleted && own < datum.timestamp()) {
                work.put(datum.key(), datum.value(), datum.timestamp());
            }
        }
        int left = lead.awaited.merge(asked.member(), -1, Integer::sum);
        if (left <= 0) {
            Ruling.gathered(work, lead, asked.member());
        }
    }

    /** A member said which services it has, and ours also what was deleted. */
    static void onTold(Work work, Event.ServicesTold told) {
        work.told.put(told.member(), new Work.Told(told.services().size(), work.nowMs));
        Lead lead = work.lead;
        if (lead == null || !(lead.serving || work.votes.contains(told.member()))) {
            return;
        }
        if (!lead.serving) {
            bury(work, told.deleted());
        }
        TreeSet<String> keys = new TreeSet<>();
        work.held.datums().forEach((key, datum) -> keys.add(key));
        for (String service : told.services()) {
            keys.add(LegacyKey.META_PREFIX + service);
            keys.add(LegacyKey.LIST_PREFIX + service);
        }
        keys.add(LegacyKey.SWITCH_KEY);
        int batches = inBatches(work, told.member(), new ArrayList<>(keys), Work.Purpose.GATHER);
        lead.awaited.put(told.member(), batches);
    }

    private static void bury(Work work, Map<String, Long> deleted) {
        if (!work.has(Defence.TOMBSTONES)) {
            return;
        }
        deleted.forEach(
                (key, timestamp) -> {
                    if (work.held.lastTimestamp(key) <= timestamp) {
                        work.delete(key, timestamp);
                    }
                });
    }
}
