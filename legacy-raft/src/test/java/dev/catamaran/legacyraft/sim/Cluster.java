package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Outcome;
import dev.catamaran.legacyraft.core.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Simulated members with virtual time, network and disks, all from one seed. */
final class Cluster {

    static final int TICK_MS = 500;
    private static final int KEYS = 6;

    private record Due(long atMs, long order, Runnable action) {}

    private record Reply(String to, int life, Consumer<Effect> deliver) {}

    final Map<String, Node> nodes = new TreeMap<>();
    final Checks checks = new Checks();
    private final Random random;
    private final String where;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparing(Due::order));
    private final Map<Long, Reply> replies = new HashMap<>();
    private final Map<Long, Position> confirms = new HashMap<>();
    private long nowMs;
    private long order;
    private long ids;
    private Set<String> cutOff = Set.of();
    private double loss;
    int events;

    Cluster(long seed, int size) {
        this.random = new Random(seed);
        this.where = "seed " + seed;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add("10.0.0." + (i + 1) + ":8848");
        }
        names.forEach(name -> nodes.put(name, new Node(name, names)));
        if (random.nextInt(3) == 0) {
            nodes.values().forEach(this::giveForeignFiles);
        }
        nodes.values().forEach(this::start);
    }

    private void giveForeignFiles(Node node) {
        for (int key = 0; key < KEYS; key++) {
            if (random.nextInt(3) > 0) {
                int timestamp = 1 + random.nextInt(3);
                node.store.putForeign("k" + key, "\"f" + key + timestamp + "\"", timestamp);
            }
        }
    }

    private void start(Node node) {
        node.start(random.nextLong());
        tickLater(node, node.life);
    }

    private void tickLater(Node node, int life) {
        at(
                TICK_MS,
                () -> {
                    if (node.life == life) {
                        step(node, new Event.Ticked(TICK_MS, random.nextLong()));
                        tickLater(node, life);
                    }
                });
    }

    /** Lets so much virtual time pass. */
    void run(long forMs) {
        long untilMs = nowMs + forMs;
        while (!agenda.isEmpty() && agenda.peek().atMs() <= untilMs) {
            Due due = agenda.poll();
            nowMs = due.atMs();
            due.action().run();
        }
        nowMs = untilMs;
    }

    /** Something goes wrong, or somebody wants something. */
    void disturb() {
        int what = random.nextInt(100);
        Node node = any();
        if (what < 60) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                want(node);
            }
        } else if (what < 66) {
            confirm(node);
        } else if (what < 70) {
            if (node.runs()) {
                node.stop();
            } else {
                start(node);
            }
        } else if (what < 75) {
            node.store.losePowerAfter(random.nextInt(4));
        } else if (what < 84) {
            nodes.values().stream().filter(down -> !down.runs()).forEach(this::start);
        } else if (what < 90) {
            cutOff = random.nextBoolean() ? Set.of(node.name) : Set.of();
        } else if (what < 94) {
            loss = random.nextInt(4) * 0.1;
        } else {
            node.epoch += random.nextInt(2);
            if (node.runs()) {
                step(node, new Event.EpochApplied(node.epoch));
            }
        }
    }

    void heal() {
        cutOff = Set.of();
        loss = 0;
        long epoch = nodes.values().stream().mapToLong(node -> node.epoch).max().orElse(0);
        for (Node node : nodes.values()) {
            node.epoch = epoch;
            node.store.losePowerAfter(Integer.MAX_VALUE);
            if (!node.runs()) {
                start(node);
            }
            step(node, new Event.EpochApplied(epoch));
        }
    }

    private Node any() {
        return List.copyOf(nodes.values()).get(random.nextInt(nodes.size()));
    }

    /** Asks the member, or whoever it holds for the leader, for a change. */
    private void want(Node node) {
        if (!node.runs()) {
            return;
        }
        Node target = node.state().leader().map(nodes::get).filter(Node::runs).orElse(node);
        String key = "k" + random.nextInt(KEYS);
        boolean delete = random.nextInt(4) == 0;
        long opId = ++ids;
        Optional<String> value = delete ? Optional.empty() : Optional.of("\"v" + opId + "\"");
        Position next = target.state().held().position().next();
        boolean taken = target.state().isServing();
        if (taken) {
            checks.submitted(opId, new Checks.Wish(key, delete, next));
        }
        step(target, new Event.ChangeWanted(opId, key, value));
    }

    private void confirm(Node node) {
        if (node.runs()) {
            long opId = ++ids;
            confirms.put(opId, checks.farthest);
            step(node, new Event.ConfirmWanted(opId, 5_000));
        }
    }

    private void step(Node node, Event event) {
        events++;
        List<Effect> effects = node.step(event);
        for (Effect effect : effects) {
            perform(node, effect);
        }
        checks.check(nodes.values(), where);
    }

    private void perform(Node node, Effect effect) {
        if (effect instanceof Effect.SendVote vote) {
            call(
                    node,
                    vote.member(),
                    id -> new Event.VoteAsked(id, vote.candidate()),
                    reply ->
                            reply instanceof Effect.ReplyPeer peer
                                    ? Optional.of(
                                            new Event.VoteAnswered(vote.member(), peer.peer()))
                                    : Optional.empty(),
                    Optional.empty());
        } else if (effect instanceof Effect.SendBeat beat) {
            call(
                    node,
                    beat.member(),
                    id -> new Event.BeatArrived(id, beat.beat()),
                    reply ->
                            reply instanceof Effect.ReplyPeer peer
                                    ? Optional.of(
                                            new Event.BeatAnswered(
                                                    beat.member(), beat.round(), peer.peer()))
                                    : Optional.empty(),
                    Optional.of(new Event.BeatFailed(beat.member(), beat.round())));
        } else if (effect instanceof Effect.SendCommit commit) {
            Position position = commit.change().position();
            call(
                    node,
                    commit.member(),
                    id -> new Event.CommitArrived(id, commit.source(), commit.change()),
                    reply ->
                            reply instanceof Effect.ReplyText text
                                    ? Optional.of(
                                            new Event.CommitAnswered(
                                                    commit.member(),
                                                    position,
                                                    text.status() == 200))
                                    : Optional.empty(),
                    Optional.of(new Event.CommitFailed(commit.member(), position)));
        } else if (effect instanceof Effect.ReplyPeer || effect instanceof Effect.ReplyText) {
            answer(effect);
        } else if (effect instanceof Effect.Ended ended) {
            if (ended.outcome() instanceof Outcome.Committed committed) {
                checks.acknowledged(ended.opId());
                Position asked = confirms.getOrDefault(ended.opId(), Position.NONE);
                if (committed.position().compareTo(asked) < 0) {
                    throw new AssertionError("a proof older than an acknowledgement, " + where);
                }
            }
        } else {
            performRead(node, effect);
        }
    }

    private void performRead(Node node, Effect effect) {
        if (effect instanceof Effect.Fetch fetch) {
            read(
                    node,
                    fetch.member(),
                    other ->
                            new Event.Fetched(
                                    fetch.fetchId(),
                                    fetch.keys().stream()
                                            .flatMap(
                                                    key ->
                                                            other
                                                                    .state()
                                                                    .held()
                                                                    .datums()
                                                                    .get(key)
                                                                    .stream())
                                            .toList()),
                    new Event.FetchFailed(fetch.fetchId()));
        } else if (effect instanceof Effect.FetchInventory inventory) {
            read(
                    node,
                    inventory.member(),
                    other -> {
                        List<Datum> all = other.state().held().datums().values();
                        return new Event.InventoryArrived(
                                inventory.member(), inventory.ballot(), all);
                    },
                    new Event.InventoryFailed(inventory.member(), inventory.ballot()));
        }
    }

    private void answer(Effect effect) {
        long id =
                effect instanceof Effect.ReplyPeer peer
                        ? peer.replyId()
                        : ((Effect.ReplyText) effect).replyId();
        Reply reply = replies.remove(id);
        if (reply != null) {
            reply.deliver().accept(effect);
        }
    }

    private interface Asking {
        Event event(long replyId);
    }

    private interface Answering {
        Optional<Event> event(Effect reply);
    }

    private void call(
            Node from, String to, Asking asking, Answering answering, Optional<Event> failure) {
        int life = from.life;
        if (lost(from.name, to)) {
            failure.ifPresent(event -> later(5_000, from, life, event));
            return;
        }
        int copies = random.nextInt(20) == 0 ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            long id = ++ids;
            boolean first = copy == 0;
            replies.put(
                    id,
                    new Reply(
                            from.name,
                            life,
                            reply -> {
                                Optional<Event> answer = answering.event(reply);
                                boolean drop = lost(to, from.name);
                                Optional<Event> event = drop ? failure : answer.or(() -> failure);
                                if (first) {
                                    event.ifPresent(it -> later(delay(), from, life, it));
                                }
                            }));
            at(
                    delay(),
                    () -> {
                        Node node = nodes.get(to);
                        if (node != null && node.runs()) {
                            step(node, asking.event(id));
                        } else if (first) {
                            failure.ifPresent(event -> later(delay(), from, life, event));
                        }
                    });
        }
    }

    private interface Reading {
        Event of(Node other);
    }

    private void read(Node from, String to, Reading reading, Event failure) {
        int life = from.life;
        at(
                delay(),
                () -> {
                    Node other = nodes.get(to);
                    boolean fails = lost(from.name, to) || other == null || !other.runs();
                    Event event = fails || other == null ? failure : reading.of(other);
                    later(delay(), from, life, event);
                });
    }

    private boolean lost(String from, String to) {
        return cutOff.contains(from) != cutOff.contains(to) || random.nextDouble() < loss;
    }

    private int delay() {
        return random.nextInt(10) == 0 ? random.nextInt(3_000) : 1 + random.nextInt(30);
    }

    private void later(int afterMs, Node node, int life, Event event) {
        at(
                afterMs,
                () -> {
                    if (node.life == life && node.runs()) {
                        step(node, event);
                    }
                });
    }

    private void at(int afterMs, Runnable action) {
        agenda.add(new Due(nowMs + afterMs, ++order, action));
    }

    /** How long to wait between two disturbances. */
    long pause() {
        return random.nextInt(8) == 0 ? random.nextInt(30_000) : random.nextInt(800);
    }

    /** A change at the serving leader of the highest ballot; the wish's id if there is one. */
    boolean wantAtLeader() {
        Optional<Node> leader =
                nodes.values().stream()
                        .filter(node -> node.runs() && node.state().isServing())
                        .findFirst();
        leader.ifPresent(this::want);
        return leader.isPresent();
    }
}
