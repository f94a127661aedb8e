package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.core.Tombstone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One member of ours among real ones, driven event by event. */
final class Member {

    static final String A = "10.0.0.1:8848";
    static final String B = "10.0.0.2:8848";
    static final String C = "10.0.0.3:8848";
    private static final String PREFIX = "com.alibaba.nacos.naming.domains.meta.";
    static final String META = PREFIX + "public##G@@";
    static final String LIST = "com.alibaba.nacos.naming.iplist.public##G@@";

    private final SharedSettings settings;
    private final Held start;
    private Held saved;
    SharedState state;
    List<Effect> effects = List.of();

    private Member(SharedSettings settings, Held held) {
        this.settings = settings;
        this.start = held;
        this.saved = held;
        this.state = SharedRaft.start(settings, held, 1);
    }

    /** Member A of three, with every defence, or without one. */
    static Member of(Held held, boolean defended, Defence defence) {
        return of(List.of(A, B, C), held, defended, defence);
    }

    static Member of(List<String> members, Held held, boolean defended, Defence defence) {
        SharedSettings all = SharedSettings.of(CoreSettings.of(A, members));
        return new Member(defended ? all : all.without(defence), held);
    }

    static Held holding(long term, Datum... datums) {
        KeyMap<Datum> all = KeyMap.empty();
        for (Datum datum : datums) {
            all = all.with(datum.key(), datum);
        }
        return new Held(
                0, Optional.empty(), term, Position.NONE, false, false, all, KeyMap.empty());
    }

    static Held having(Tombstone gone) {
        KeyMap<Tombstone> tombstones = KeyMap.<Tombstone>empty().with(gone.key(), gone);
        return new Held(
                0, Optional.empty(), 0, Position.NONE, false, false, KeyMap.empty(), tombstones);
    }

    static Datum[] services(int count) {
        Datum[] datums = new Datum[count];
        Arrays.setAll(datums, n -> datum(META + "s" + n, 1));
        return datums;
    }

    static Datum datum(String key, long timestamp) {
        return new Datum(key, "{\"t\":" + timestamp + "}", timestamp, Position.NONE);
    }

    static RaftPeer peer(String ip, RaftPeer.State role, long term, String voteFor) {
        return new RaftPeer(ip, Optional.of(voteFor), term, 1, 1, role, Optional.empty());
    }

    Member take(Event event) {
        SharedRaft.Step step = SharedRaft.step(state, event);
        state = step.state();
        effects = step.effects();
        for (Effect effect : effects) {
            if (effect instanceof Effect.SaveBallot vote) {
                saved = saved.withBallot(vote.ballot(), vote.votedFor(), vote.term());
            }
        }
        return this;
    }

    /** Lets time pass in ticks; gives back all that was done. */
    List<Effect> pass(long ms) {
        List<Effect> all = new ArrayList<>();
        for (long at = 0; at < ms; at += 500) {
            take(new Event.Ticked(500, at));
            all.addAll(effects);
        }
        return all;
    }

    /** The same member after a crash, with what it had saved of its vote. */
    Member restarted() {
        return new Member(settings, saved.equals(start) ? start : saved);
    }

    Member beat(String leader, long term, Datum... listed) {
        List<Beat.Item> items =
                Arrays.stream(listed)
                        .map(one -> new Beat.Item(one.key(), one.timestamp(), Position.NONE))
                        .toList();
        return take(
                new Event.BeatArrived(
                        1, new Beat(peer(leader, RaftPeer.State.LEADER, term, leader), items)));
    }

    Member commit(String leader, long term, Datum datum) {
        return take(
                new Event.CommitArrived(
                        2,
                        peer(leader, RaftPeer.State.LEADER, term, leader),
                        new Change.Put(datum)));
    }

    Member commitDelete(String leader, long term, String key) {
        return take(
                new Event.CommitArrived(
                        3,
                        peer(leader, RaftPeer.State.LEADER, term, leader),
                        new Change.Delete(new Tombstone(key, 0, Position.NONE))));
    }

    /** Campaigns, and is voted for by B; not more than that. */
    Member elected() {
        for (int i = 0; i < 100 && state.peer().state() != RaftPeer.State.CANDIDATE; i++) {
            take(new Event.Ticked(500, i));
        }
        long term = state.peer().term();
        return take(new Event.VoteAnswered(B, peer(B, RaftPeer.State.FOLLOWER, term, A)));
    }

    /** Elected, and has read what B holds. */
    Member serving(Datum... held) {
        elected();
        List<String> services =
                Arrays.stream(held).map(one -> one.key().substring(PREFIX.length())).toList();
        take(new Event.ServicesTold(B, services, Map.of()));
        for (Effect effect : effects) {
            if (effect instanceof Effect.Fetch fetch) {
                take(new Event.Fetched(fetch.fetchId(), List.of(held)));
            }
        }
        return this;
    }

    Optional<Datum> get(String key) {
        return state.held().datums().get(key);
    }

    boolean did(Class<? extends Effect> kind) {
        return effects.stream().anyMatch(kind::isInstance);
    }
}
