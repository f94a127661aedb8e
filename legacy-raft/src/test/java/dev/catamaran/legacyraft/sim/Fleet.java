package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The members of a simulated group, and what lies between them. */
public final class Fleet {

    static final int TICK_MS = 500;

    /** A caller gives up after this; the longest wait of 1.x. */
    private static final long CALL_TIMEOUT_MS = 10_000;

    private final Random random;
    private final Agenda agenda = new Agenda();
    private final SimNetwork network;
    private final Trace trace;
    private final Map<String, SimMember> members = new TreeMap<>();
    private final Map<String, Double> clockRates = new HashMap<>();
    private final Map<String, Long> pausedUntilMs = new HashMap<>();
    private final Map<Long, Consumer<Response>> wishes = new HashMap<>();
    private final Invariants invariants;
    private long ids;
    private int events;

    Fleet(Plan plan, Invariants invariants, boolean traced) {
        this.random = new Random(plan.seed());
        this.network = new SimNetwork(random);
        this.trace = new Trace(traced, agenda);
        this.invariants = invariants;
        for (int i = 0; i < plan.size(); i++) {
            String name = "10.0.0." + (i + 1) + ":8848";
            members.put(name, new OurMember(name, this, plan.core().maker()));
        }
        // real ones stand anywhere in the list
        List<String> names = new ArrayList<>(members.keySet());
        List<RealVersion> versions = List.of(RealVersion.values());
        for (int i = 0; i < plan.real(); i++) {
            String name = names.remove(random.nextInt(names.size()));
            RealVersion version = versions.get(random.nextInt(versions.size()));
            members.put(name, new RealMember(name, version, this));
        }
        for (String name : members.keySet()) {
            clockRates.put(name, 0.9 + random.nextDouble() * 0.2);
        }
    }

    public Agenda agenda() {
        return agenda;
    }

    public SimNetwork network() {
        return network;
    }

    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    public Collection<SimMember> members() {
        return members.values();
    }

    public List<OurMember> ours() {
        return members.values().stream()
                .filter(member -> member instanceof OurMember)
                .map(member -> (OurMember) member)
                .toList();
    }

    public List<RealMember> real() {
        return members.values().stream()
                .filter(member -> member instanceof RealMember)
                .map(member -> (RealMember) member)
                .toList();
    }

    SimMember member(String name) {
        SimMember member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("no such member: " + name);
        }
        return member;
    }

    Random random() {
        return random;
    }

    Trace trace() {
        return trace;
    }

    int events() {
        return events;
    }

    long nextId() {
        return ++ids;
    }

    /** Ticks a member as long as it lives, by its own clock, and not while it is stopped. */
    void startClock(SimMember member) {
        tickLater(member, member.life());
    }

    private void tickLater(SimMember member, int life) {
        double rate = clockRates.getOrDefault(member.name(), 1.0);
        agenda.after(
                Math.round(TICK_MS / rate),
                () -> {
                    if (member.life() != life || !member.runs()) {
                        return;
                    }
                    if (pausedUntilMs.getOrDefault(member.name(), 0L) <= agenda.nowMs()) {
                        member.tick(TICK_MS);
                    }
                    tickLater(member, life);
                });
    }

    /** Stops a member's clock, as a long garbage collection does; messages still come. */
    public void pause(String member, long forMs) {
        pausedUntilMs.put(member, agenda.nowMs() + forMs);
    }

    /** An action that is dropped if the member has died meanwhile. */
    Runnable inLife(SimMember member, Runnable action) {
        int life = member.life();
        return () -> {
            if (member.life() == life && member.runs()) {
                action.run();
            }
        };
    }

    /** A caller's wait, which ends once. */
    private static final class Waiting {
        private boolean over;
        private final Consumer<Optional<Response>> then;

        Waiting(Consumer<Optional<Response>> then) {
            this.then = then;
        }

        void end(Optional<Response> answer) {
            if (!over) {
                over = true;
                then.accept(answer);
            }
        }
    }

    /** Calls a member; {@code then} is told once, with nothing when no answer came. */
    void call(SimMember from, String to, Request request, Consumer<Optional<Response>> then) {
        Waiting waiting = new Waiting(then);
        agenda.after(CALL_TIMEOUT_MS, inLife(from, () -> waiting.end(Optional.empty())));
        if (!network.carries(from.name(), to)) {
            return;
        }
        int copies = network.copies();
        for (int copy = 0; copy < copies; copy++) {
            agenda.after(network.delayMs(), arrival(from, to, request, waiting));
        }
    }

    private Runnable arrival(SimMember from, String to, Request request, Waiting waiting) {
        // the caller's life, not the callee's, decides who hears the answer
        int life = from.life();
        Consumer<Optional<Response>> back =
                answer ->
                        agenda.after(
                                network.delayMs(),
                                () -> {
                                    if (from.life() == life && from.runs()) {
                                        waiting.end(answer);
                                    }
                                });
        return () -> {
            SimMember target = member(to);
            if (!target.runs()) {
                back.accept(Optional.empty());
                return;
            }
            trace.add(to, "is called by", from.name() + " " + request.getClass().getSimpleName());
            target.receive(
                    request,
                    answer -> {
                        if (network.carries(to, from.name())) {
                            back.accept(Optional.of(answer));
                        }
                    });
        };
    }

    /** Reads from a member of ours what its core holds. */
    void read(OurMember from, OurMember other, Supplier<Event> reading, Event failure) {
        agenda.after(
                network.delayMs(),
                inLife(
                        from,
                        () -> {
                            boolean fails =
                                    !network.carries(from.name(), other.name()) || !other.runs();
                            Event event = fails ? failure : reading.get();
                            agenda.after(network.delayMs(), inLife(from, () -> from.step(event)));
                        }));
    }

    /** Puts a wish to a member; what it ends with goes to the checks and to the answer. */
    void want(OurMember member, String key, Optional<String> value, Consumer<Response> answer) {
        long opId = nextId();
        wishes.put(opId, answer);
        if (member.state().isServing()) {
            invariants.submitted(member, opId, key, value);
        }
        member.step(new Event.ChangeWanted(opId, key, value));
    }

    /** Asks a member for a proof that it leads. */
    void wantProof(OurMember member) {
        long opId = nextId();
        invariants.proofWanted(opId);
        member.step(new Event.ConfirmWanted(opId, 5_000));
    }

    void ended(Effect.Ended ended) {
        boolean done = ended.outcome() instanceof Outcome.Committed;
        trace.add("wish " + ended.opId(), "ends", ended.outcome());
        if (ended.outcome() instanceof Outcome.Committed committed) {
            invariants.acknowledged(ended.opId(), committed.position());
        }
        Consumer<Response> waiting = wishes.remove(ended.opId());
        if (waiting != null) {
            waiting.accept(Response.Wire.of(done ? 200 : 500, done ? "ok" : "caused: not now;"));
        }
    }

    /** A member of ours is about to take an event. */
    void stepped(OurMember member, Event event) {
        events++;
        trace.add(member.name(), "takes", event);
    }

    /** A member of ours has taken an event. */
    void checked(OurMember member) {
        invariants.check(this, member);
    }

    /** Something happened at a real member. */
    void happened(RealMember member, String what) {
        events++;
        trace.add(member.name(), member.version() + ":", what);
    }
}
