package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.KeyMap;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A real 1.x server's raft as the spec describes it, defects included: terms and votes are not
 * persisted, votes ask for no data, any leader is believed, beats delete what they do not list. It
 * speaks bytes only. Elections and beats are here and in {@link RealElection}; data in {@link
 * RealData}.
 */
public final class RealMember implements SimMember {

    private final String name;
    private final RealVersion version;
    private final Fleet fleet;

    /** What its disk holds: datums by key, and the term. */
    private final Map<String, RealData.Stored> disk = new TreeMap<>();

    private long diskTerm;
    private boolean runs;
    private int life;

    final Map<String, RealPeer> peers = new TreeMap<>();
    @Nullable RealPeer leader;
    RealElection election;
    RealData data;

    RealMember(String name, RealVersion version, Fleet fleet) {
        this.name = name;
        this.version = version;
        this.fleet = fleet;
        this.election = new RealElection(this);
        this.data = new RealData(this, disk);
    }

    @Override
    public String name() {
        return name;
    }

    public RealVersion version() {
        return version;
    }

    @Override
    public boolean runs() {
        return runs;
    }

    @Override
    public int life() {
        return life;
    }

    /** Puts a file there. */
    public void putFile(String key, String value, long timestamp) {
        disk.put(key, new RealData.Stored(value, timestamp));
    }

    /** Its disk is replaced by an empty one, and it starts again. */
    public void loseDisk() {
        stop();
        disk.clear();
        diskTerm = 0;
        start();
    }

    @Override
    public void start() {
        life++;
        runs = true;
        leader = null;
        election = new RealElection(this);
        data = new RealData(this, disk);
        peers.clear();
        for (String member : fleet.names()) {
            peers.put(member, new RealPeer(member));
        }
        RealPeer self = local();
        self.term = version.restoresTerm() ? diskTerm : 0;
        self.leaderDueMs = fleet.random().nextInt(15_000);
        self.heartbeatDueMs = fleet.random().nextInt(5_000);
        fleet.startClock(this);
        fleet.happened(this, "starts with " + disk.size() + " files");
    }

    @Override
    public void stop() {
        life++;
        runs = false;
    }

    @Override
    public void tick(long elapsedMs) {
        fleet.happened(this, "ticks");
        election.tick(elapsedMs);
    }

    RealPeer local() {
        return peers.computeIfAbsent(name, RealPeer::new);
    }

    Fleet fleet() {
        return fleet;
    }

    long random(int bound) {
        return fleet.random().nextInt(bound);
    }

    boolean isLeader(String ip) {
        RealPeer known = leader;
        return known != null && known.ip.equals(ip);
    }

    void saveTerm() {
        diskTerm = local().term;
    }

    Iterable<String> others() {
        Map<String, RealPeer> others = new HashMap<>(peers);
        others.remove(name);
        return new TreeSet<>(others.keySet());
    }

    /** Calls a member; those it only believes in answer nothing. */
    void call(
            String to,
            Request.Route route,
            byte[] body,
            Consumer<Response.Wire> answered,
            Runnable failed) {
        if (!fleet.names().contains(to)) {
            failed.run();
            return;
        }
        fleet.call(
                this,
                to,
                new Request.Wire(route, body),
                answer -> {
                    if (answer.isPresent() && answer.get() instanceof Response.Wire wire) {
                        answered.accept(wire);
                    } else {
                        failed.run();
                    }
                });
    }

    @Override
    public void receive(Request request, Consumer<Response> answer) {
        Request.Wire call = (Request.Wire) request;
        fleet.happened(this, "takes " + call.route());
        Response.Wire now;
        try {
            now =
                    switch (call.route()) {
                        case VOTE -> election.onVote(text(call));
                        case BEAT -> election.onBeat(call.body());
                        case COMMIT -> data.onCommit(text(call));
                        case DELETE_COMMIT -> data.onDelete(text(call));
                        case DATUM -> data.onGet(text(call));
                        case PEER -> Response.Wire.of(200, local().json().toString());
                        case NAMES -> Response.Wire.of(200, data.names());
                        case PUBLISH, DELETE -> Response.Wire.of(0, "");
                    };
        } catch (JacksonException | IllegalArgumentException e) {
            now = Response.Wire.of(500, "caused: " + e.getMessage() + ";");
        }
        switch (call.route()) {
            case PUBLISH -> data.onPublish(text(call), answer);
            case DELETE -> data.want(RealPeer.decode(text(call), 1), Optional.empty(), answer);
            default -> answer.accept(now);
        }
    }

    /** A client of this member wants a change; empty to delete. */
    void want(String key, Optional<String> value) {
        data.want(key, value, answer -> {});
    }

    private static String text(Request.Wire call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    /** Whether it takes itself for the leader. */
    boolean leads() {
        return runs && local().state.equals("LEADER");
    }

    /** Keys it holds. */
    public SortedSet<String> keys() {
        return new TreeSet<>(data.keys());
    }

    /** Fails unless this member holds exactly these keys. */
    void checkHolds(KeyMap<Datum> datums) {
        TreeSet<String> expected = new TreeSet<>();
        datums.forEach((key, datum) -> expected.add(key));
        if (!data.keys().equals(expected)) {
            throw new AssertionError(
                    name + " (real) ends with " + data.keys() + ", ours with " + expected);
        }
    }
}
