package dev.catamaran.legacyraft.sim;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Publish, delete, commit and reconcile of a real server (spec: legacy-raft 3.8 and 4). */
final class RealData {

    private static final String META = "com.alibaba.nacos.naming.domains.meta.";
    private static final String LIST = "com.alibaba.nacos.naming.iplist.";
    private static final int BATCH = 50;
    private static final long PUBLISH_TIMEOUT_MS = 5_000;
    private static final Response.Wire OK = Response.Wire.of(200, "ok");

    /** What a file holds. */
    record Stored(String value, long timestamp) {}

    /** A wish of a client; the leader takes one after the other, under one lock. */
    private record Wish(String key, Optional<String> value, Consumer<Response> answer) {}

    private final RealMember self;
    private final Map<String, Stored> disk;
    private final Map<String, Stored> memory;
    private final Deque<Wish> waiting = new ArrayDeque<>();
    private @Nullable Wish locked;

    RealData(RealMember self, Map<String, Stored> disk) {
        this.self = self;
        this.disk = disk;
        this.memory = new TreeMap<>(disk);
    }

    SortedSet<String> keys() {
        return new TreeSet<>(memory.keySet());
    }

    private void store(String key, String value, long timestamp) {
        disk.put(key, new Stored(value, timestamp));
        memory.put(key, new Stored(value, timestamp));
    }

    private void remove(String key) {
        disk.remove(key);
        memory.remove(key);
    }

    /** The names of the services it holds, as {@code /service/names} lists them. */
    String names() {
        ObjectNode names = RealPeer.MAPPER.createObjectNode();
        ArrayNode all = names.putObject("services").putArray("public");
        memory.keySet().stream()
                .filter(key -> key.startsWith(META))
                .forEach(key -> all.add(key.substring(key.indexOf("##") + 2)));
        return names.put("count", 1).toString();
    }

    /** Every key in its short form; a beat lists all of them (2.5). */
    ArrayNode briefs() {
        ArrayNode all = RealPeer.MAPPER.createArrayNode();
        memory.forEach(
                (key, stored) -> {
                    String brief =
                            key.startsWith(META)
                                    ? "meta." + key.substring(META.length())
                                    : "iplist." + key.substring(LIST.length());
                    all.addObject().put("key", brief).put("timestamp", stored.timestamp());
                });
        return all;
    }

    Response.Wire onGet(String parameter) {
        ArrayNode list = RealPeer.MAPPER.createArrayNode();
        for (String key : RealPeer.decode(parameter, 1).split(",", -1)) {
            Stored stored = memory.get(key);
            if (stored == null) {
                list.addNull();
            } else {
                list.add(datum(key, stored));
            }
        }
        return Response.Wire.of(200, list.toString());
    }

    private static ObjectNode datum(String key, Stored stored) {
        ObjectNode datum = RealPeer.MAPPER.createObjectNode().put("key", key);
        datum.set("value", RealPeer.MAPPER.readTree(stored.value()));
        return datum.put("timestamp", stored.timestamp());
    }

    void onPublish(String body, Consumer<Response> answer) {
        JsonNode wish = RealPeer.MAPPER.readTree(RealPeer.decode(body, 1));
        want(wish.path("key").asString(""), Optional.of(wish.path("value").toString()), answer);
    }

    /** A change at the leader, or on its way there (4.1, 4.3). */
    void want(String key, Optional<String> value, Consumer<Response> answer) {
        if (!self.isLeader(self.name())) {
            forward(key, value, answer);
            return;
        }
        waiting.add(new Wish(key, value, answer));
        next();
    }

    private void forward(String key, Optional<String> value, Consumer<Response> answer) {
        RealPeer leader = self.leader;
        if (leader == null) {
            answer.accept(Response.Wire.of(500, "caused: null;"));
            return;
        }
        Runnable failed =
                () -> answer.accept(Response.Wire.of(500, "caused: leader failed, caused by: ;"));
        if (value.isPresent()) {
            ObjectNode body = RealPeer.MAPPER.createObjectNode().put("key", key);
            body.set("value", RealPeer.MAPPER.readTree(value.get()));
            self.call(leader.ip, Request.Route.PUBLISH, bytes(body), answer::accept, failed);
        } else {
            byte[] parameter =
                    URLEncoder.encode(key, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            self.call(leader.ip, Request.Route.DELETE, parameter, answer::accept, failed);
        }
    }

    private void next() {
        Wish wish = locked == null ? waiting.poll() : null;
        if (wish == null) {
            return;
        }
        locked = wish;
        if (wish.value().isPresent()) {
            publish(wish, wish.value().get());
        } else {
            ObjectNode body = RealPeer.MAPPER.createObjectNode();
            body.putObject("datum").put("key", wish.key()).put("timestamp", 0);
            body.set("source", self.local().json());
            apply(body, false);
            for (String other : self.others()) {
                self.call(other, Request.Route.DELETE_COMMIT, bytes(body), a -> {}, () -> {});
            }
            unlock(wish, OK);
        }
    }

    private void publish(Wish wish, String value) {
        Stored before = memory.get(wish.key());
        long timestamp = before == null ? 1 : before.timestamp() + 1;
        ObjectNode body = RealPeer.MAPPER.createObjectNode();
        body.set("datum", datum(wish.key(), new Stored(value, timestamp)));
        body.set("source", self.local().json());
        if (apply(body, true).status() != 200) {
            unlock(wish, Response.Wire.of(500, "caused: Raft put failed;"));
            return;
        }
        int[] missing = {self.peers.size() / 2};
        for (String other : self.others()) {
            self.call(
                    other,
                    Request.Route.COMMIT,
                    bytes(body),
                    answer -> {
                        if (answer.status() == 200 && --missing[0] == 0) {
                            unlock(wish, OK);
                        }
                    },
                    () -> {});
        }
        self.fleet()
                .agenda()
                .after(
                        PUBLISH_TIMEOUT_MS,
                        self.fleet()
                                .inLife(
                                        self,
                                        () ->
                                                unlock(
                                                        wish,
                                                        Response.Wire.of(
                                                                500,
                                                                "caused: data publish failed,"
                                                                        + " caused failed to notify"
                                                                        + " majority;"))));
    }

    private void unlock(Wish wish, Response.Wire answer) {
        if (wish.equals(locked)) {
            locked = null;
            wish.answer().accept(answer);
            next();
        }
    }

    Response.Wire onCommit(String body) {
        return apply(RealPeer.MAPPER.readTree(RealPeer.decode(body, 1)), true);
    }

    Response.Wire onDelete(String body) {
        return apply(RealPeer.MAPPER.readTree(RealPeer.decode(body, 2)), false);
    }

    /** No look at timestamps: a late commit overwrites a newer one (4.2, D5). */
    private Response.Wire apply(JsonNode body, boolean put) {
        JsonNode datum = body.path("datum");
        RealPeer source = RealPeer.of(body.path("source"));
        RealPeer local = self.local();
        if (put && (datum.path("value").isMissingNode() || datum.path("value").isNull())) {
            return Response.Wire.of(500, "caused: received empty datum;");
        }
        if (!self.isLeader(source.ip)) {
            return Response.Wire.of(
                    500,
                    "caused: peer(" + source.ip + ") tried to publish data but wasn't leader;");
        }
        if (source.term < local.term) {
            return Response.Wire.of(
                    500,
                    "caused: out of date publish, pub-term:"
                            + source.term
                            + ", cur-term: "
                            + local.term
                            + ";");
        }
        self.election.resetLeaderDue();
        String key = datum.path("key").asString("");
        if (put) {
            store(key, datum.path("value").toString(), datum.path("timestamp").asLong(0));
            moveTerm(source);
        } else {
            String decoded = RealPeer.decode(key, 1);
            remove(decoded);
            if (decoded.startsWith(META)) {
                moveTerm(source);
            }
        }
        return OK;
    }

    /** The rule of 3.8; at the leader itself a publish adds its hundred. */
    private void moveTerm(RealPeer source) {
        RealPeer local = self.local();
        if (source.ip.equals(self.name())) {
            local.term += 100;
        } else if (local.term + 100 > source.term) {
            RealPeer leader = self.leader;
            if (leader != null) {
                leader.term = source.term;
            }
            local.term = source.term;
        } else {
            local.term += 100;
        }
        self.saveTerm();
    }

    /** What a beat does to a follower: fetch what is newer, delete what is not listed (4.5). */
    void reconcile(RealPeer from, JsonNode items) {
        TreeSet<String> unseen = new TreeSet<>(memory.keySet());
        List<String> batch = new ArrayList<>();
        int counted = 0;
        for (JsonNode item : items) {
            counted++;
            String brief = item.path("key").asString("");
            if (!brief.startsWith("meta.") && !brief.startsWith("iplist.")) {
                continue;
            }
            String key =
                    brief.startsWith("meta.")
                            ? META + brief.substring("meta.".length())
                            : LIST + brief.substring("iplist.".length());
            unseen.remove(key);
            Stored own = memory.get(key);
            boolean upToDate = own != null && own.timestamp() >= item.path("timestamp").asLong(0);
            if (!upToDate) {
                batch.add(key);
            }
            if (batch.size() >= BATCH || (counted == items.size() && !batch.isEmpty())) {
                fetch(from, List.copyOf(batch));
                batch.clear();
            }
        }
        unseen.forEach(this::remove);
    }

    private void fetch(RealPeer from, List<String> keys) {
        String once = URLEncoder.encode(String.join(",", keys), StandardCharsets.UTF_8);
        self.call(
                from.ip,
                Request.Route.DATUM,
                once.getBytes(StandardCharsets.UTF_8),
                answer -> {
                    if (answer.status() == 200) {
                        onFetched(from, answer.text());
                    }
                },
                () -> {});
    }

    private void onFetched(RealPeer from, String body) {
        for (JsonNode datum : RealPeer.MAPPER.readTree(body)) {
            String key = datum.path("key").asString("");
            long timestamp = datum.path("timestamp").asLong(0);
            Stored own = memory.get(key);
            if (datum.isNull() || (own != null && own.timestamp() >= timestamp)) {
                continue;
            }
            store(key, datum.path("value").toString(), timestamp);
            self.election.resetLeaderDue();
            moveTerm(from);
        }
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
