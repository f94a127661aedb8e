package dev.catamaran.legacyraft.bench;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.shared.SharedRaft;
import dev.catamaran.legacyraft.shared.SharedSettings;
import dev.catamaran.legacyraft.wire.BeatForm;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a beat of 100,000 keys costs a leader and a follower of ours, by the rules that real servers
 * share, and what a key takes in memory.
 */
public final class BeatFigures {

    private static final int KEYS = 100_000;
    private static final int ROUNDS = 40;
    private static final String A = "10.0.0.1:8848";
    private static final String B = "10.0.0.2:8848";
    private static final List<String> LIST = List.of(A, B, "10.0.0.3:8848");
    private static final String VALUE =
            "{\"instanceList\":[{\"instanceId\":\"10.1.%d.%d#8080#DEFAULT#DEFAULT_GROUP@@s%d\","
                    + "\"ip\":\"10.1.%d.%d\",\"port\":8080,\"weight\":1.0,\"healthy\":true,"
                    + "\"enabled\":true,\"ephemeral\":false,\"clusterName\":\"DEFAULT\","
                    + "\"serviceName\":\"DEFAULT_GROUP@@s%d\",\"metadata\":{}}]}";

    private BeatFigures() {}

    public static void main(String[] args) {
        long empty = usedBytes();
        KeyMap<Datum> datums = world();
        long full = usedBytes();
        Held held =
                new Held(
                        0,
                        Optional.empty(),
                        1,
                        Position.NONE,
                        false,
                        false,
                        datums,
                        KeyMap.empty());
        System.out.printf(
                "keys %d, values of %d bytes%nheap per key %d bytes%n",
                KEYS, datums.values().get(7).value().length(), (full - empty) / KEYS);

        MemberState leader = leader(held);
        byte[] body = {};
        for (int warm = 0; warm < 2; warm++) {
            long cpu = cpuNanos();
            for (int round = 0; round < ROUNDS; round++) {
                MemberState.Step step = leader.step(new Event.ConfirmWanted(round + 1, 60_000));
                leader = step.next();
                body = BeatForm.encode(((Effect.SendBeat) first(step)).beat());
            }
            print("leader", warm, cpuNanos() - cpu, body);
        }

        MemberState follower =
                SharedRaft.start(SharedSettings.of(CoreSettings.of(B, LIST)), held, 2);
        for (int warm = 0; warm < 2; warm++) {
            long cpu = cpuNanos();
            for (int round = 0; round < ROUNDS; round++) {
                Beat beat = BeatForm.decode(body).orThrow();
                follower = follower.step(new Event.BeatArrived(round, beat)).next();
            }
            print("follower", warm, cpuNanos() - cpu, body);
        }
        if (!follower.leader().equals(Optional.of(A)) || follower.held().datums().size() != KEYS) {
            throw new IllegalStateException("the follower does not follow");
        }
    }

    private static void print(String who, int warm, long nanos, byte[] body) {
        System.out.printf(
                "%s%s: %.1f ms of CPU a beat, body %d bytes%n",
                who, warm == 0 ? " (cold)" : "", nanos / 1e6 / ROUNDS, body.length);
    }

    private static Effect first(MemberState.Step step) {
        return step.effects().stream()
                .filter(effect -> effect instanceof Effect.SendBeat)
                .findFirst()
                .orElseThrow();
    }

    /** A member that was elected and has read what another holds. */
    private static MemberState leader(Held held) {
        MemberState state = SharedRaft.start(SharedSettings.of(CoreSettings.of(A, LIST)), held, 1);
        while (state.peer().state() != RaftPeer.State.CANDIDATE) {
            state = state.step(new Event.Ticked(500, 1)).next();
        }
        RaftPeer voter =
                new RaftPeer(
                        B,
                        Optional.of(A),
                        state.peer().term(),
                        1,
                        1,
                        RaftPeer.State.FOLLOWER,
                        Optional.empty());
        state = state.step(new Event.VoteAnswered(B, voter)).next();
        MemberState.Step asked = state.step(new Event.ServicesTold(B, List.of(), Map.of()));
        state = asked.next();
        for (Effect effect : asked.effects()) {
            if (effect instanceof Effect.Fetch fetch) {
                state = state.step(new Event.Fetched(fetch.fetchId(), List.of())).next();
            }
        }
        if (!state.isServing()) {
            throw new IllegalStateException("it does not lead");
        }
        return state;
    }

    private static KeyMap<Datum> world() {
        KeyMap<Datum> datums = KeyMap.empty();
        for (int i = 0; i < KEYS / 2; i++) {
            int high = i / 250;
            int low = i % 250;
            String service = "public##DEFAULT_GROUP@@s" + i;
            String list = "com.alibaba.nacos.naming.iplist." + service;
            String meta = "com.alibaba.nacos.naming.domains.meta." + service;
            datums = datums.with(list, datum(list, high, low, i));
            datums = datums.with(meta, datum(meta, high, low, i));
        }
        return datums;
    }

    private static Datum datum(String key, int high, int low, int i) {
        return new Datum(key, VALUE.formatted(high, low, i, high, low, i), 1, Position.NONE);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
