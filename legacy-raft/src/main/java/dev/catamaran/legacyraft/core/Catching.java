package dev.catamaran.legacyraft.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a follower gets to its leader's version (spec: legacy-raft 4.5, made whole). */
final class Catching {

    /** Keys asked for at once, as in 1.x: they travel in a URL. */
    static final int BATCH = 50;

    /** A beat is answered at the latest after this time; 1.x leaders wait 5 to 10 s. */
    static final long REPLY_WITHIN_MS = 2_000;

    private Catching() {}

    static void onTarget(Draft draft, Beat beat, Position target, long replyId) {
        boolean there = draft.held.position().compareTo(target) >= 0 && whole(draft.held);
        boolean behindUs = draft.held.position().compareTo(target) > 0;
        // index 0: the leader is still gathering and has no version to follow
        if (target.index() == 0 || there || behindUs) {
            draft.emit(new Effect.ReplyPeer(replyId, true, draft.self()));
            return;
        }
        CatchUp running = draft.catchUp;
        if (running != null && running.fetchId != 0 && running.target.equals(beat)) {
            running.replyIds.add(replyId);
            return;
        }
        Map<String, Datum> fetched = running == null ? Map.of() : running.fetched;
        draft.dropCatchUp();
        draft.catchUp =
                new CatchUp(
                        draft.held.ballot(), beat, fetched, replyId, draft.nowMs + REPLY_WITHIN_MS);
        goOn(draft, draft.catchUp);
    }

    static void onFetched(Draft draft, Event.Fetched arrived) {
        CatchUp running = waitingFor(draft, arrived.fetchId());
        if (running == null) {
            return;
        }
        for (Datum datum : arrived.datums()) {
            if (running.asked.contains(datum.key())) {
                running.fetched.put(datum.key(), datum);
            }
        }
        Set<String> asked = running.asked;
        boolean all =
                running.target.items().stream()
                        .filter(item -> asked.contains(item.key()))
                        .allMatch(item -> matches(running.fetched.get(item.key()), item));
        if (all) {
            goOn(draft, running);
        } else {
            // the leader has moved on; its next beat names the version to go to
            pause(draft, running);
        }
    }

    static void onFetchFailed(Draft draft, Event.FetchFailed failed) {
        CatchUp running = waitingFor(draft, failed.fetchId());
        if (running != null) {
            pause(draft, running);
        }
    }

    static void onTick(Draft draft) {
        CatchUp running = draft.catchUp;
        if (running != null && draft.nowMs >= running.replyByMs) {
            draft.replyTo(running);
        }
    }

    private static @Nullable CatchUp waitingFor(Draft draft, long fetchId) {
        CatchUp running = draft.catchUp;
        return running != null && running.fetchId == fetchId ? running : null;
    }

    private static void pause(Draft draft, CatchUp running) {
        running.fetchId = 0;
        draft.replyTo(running);
    }

    private static void goOn(Draft draft, CatchUp running) {
        Held held = draft.held;
        Position target = position(running.target);
        if (held.position().compareTo(target) >= 0 && whole(held)) {
            draft.dropCatchUp();
            return;
        }
        List<String> missing = new ArrayList<>();
        for (Beat.Item item : running.target.items()) {
            boolean have = matches(held.datums().get(item.key()).orElse(null), item);
            if (!have && !matches(running.fetched.get(item.key()), item)) {
                missing.add(item.key());
                if (missing.size() == BATCH) {
                    break;
                }
            }
        }
        if (missing.isEmpty()) {
            arrive(draft, running, target);
            return;
        }
        running.fetchId = ++draft.fetchIds;
        running.asked = Set.copyOf(missing);
        draft.emit(new Effect.Fetch(running.fetchId, running.target.peer().ip(), missing));
    }

    private static void arrive(Draft draft, CatchUp running, Position target) {
        Held held = draft.held;
        Set<String> listed = new HashSet<>();
        Set<String> changed = new HashSet<>();
        List<Datum> puts = new ArrayList<>();
        KeyMap<Datum> datums = held.datums();
        KeyMap<Tombstone> tombstones = held.tombstones();
        for (Beat.Item item : running.target.items()) {
            listed.add(item.key());
            if (!matches(held.datums().get(item.key()).orElse(null), item)) {
                Datum datum = Optional.ofNullable(running.fetched.get(item.key())).orElseThrow();
                puts.add(datum);
                datums = datums.with(item.key(), datum);
                tombstones = tombstones.without(item.key());
                changed.add(item.key());
            }
        }
        List<Tombstone> deletes = new ArrayList<>();
        for (Datum datum : held.datums().values()) {
            if (!listed.contains(datum.key())) {
                Tombstone tombstone = new Tombstone(datum.key(), datum.timestamp(), target);
                deletes.add(tombstone);
                datums = datums.without(datum.key());
                tombstones = tombstones.with(datum.key(), tombstone);
                changed.add(datum.key());
            }
        }
        draft.held = held.at(target, datums, tombstones);
        draft.emit(
                changed.isEmpty()
                        ? new Effect.SavePosition(target)
                        : new Effect.SaveVersion(puts, deletes, target));
        draft.dropCatchUp();
        if (!changed.isEmpty()) {
            draft.note(
                    "caught-up position="
                            + target
                            + " fetched="
                            + puts.size()
                            + " deleted="
                            + deletes.size());
            draft.emit(new Effect.Changed(changed));
        }
    }

    private static boolean whole(Held held) {
        return !held.mixed() && !held.damaged();
    }

    private static Position position(Beat beat) {
        return beat.peer().pledge().orElseThrow().position();
    }

    private static boolean matches(@Nullable Datum datum, Beat.Item item) {
        return datum != null
                && datum.timestamp() == item.timestamp()
                && datum.position().equals(item.position());
    }
}
