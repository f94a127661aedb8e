package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.MemberState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A member of ours: a core, a disk, and whether it runs. */
public final class OurMember implements SimMember {

    /** As the shell does after its store has failed. */
    private static final long REOPEN_MS = 5_000;

    private final String name;
    private final Fleet fleet;
    private final Engine.Maker maker;
    private final SimDisk disk = new SimDisk();
    private final OurWire wire;
    private final Map<Long, Consumer<Response>> replies = new HashMap<>();
    private Optional<Engine> engine = Optional.empty();
    private int life;
    private long epoch;

    OurMember(String name, Fleet fleet, Engine.Maker maker) {
        this.name = name;
        this.fleet = fleet;
        this.maker = maker;
        this.wire = new OurWire(this, fleet);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean runs() {
        return engine.isPresent();
    }

    @Override
    public int life() {
        return life;
    }

    private Engine engine() {
        return engine.orElseThrow();
    }

    /** What its core is now; only while it runs. */
    public MemberState state() {
        return engine().state();
    }

    public SimDisk disk() {
        return disk;
    }

    long epoch() {
        return epoch;
    }

    void raiseEpoch(long to) {
        epoch = Math.max(epoch, to);
        if (runs()) {
            step(new Event.EpochApplied(epoch));
        }
    }

    @Override
    public void start() {
        life++;
        engine =
                Optional.of(
                        new Engine(
                                maker.start(
                                        name,
                                        fleet.names(),
                                        disk.load(),
                                        epoch,
                                        fleet.random().nextLong())));
        fleet.startClock(this);
    }

    @Override
    public void stop() {
        life++;
        engine = Optional.empty();
        replies.clear();
    }

    @Override
    public void tick(long elapsedMs) {
        step(new Event.Ticked(elapsedMs, fleet.random().nextLong()));
    }

    @Override
    public void receive(Request request, Consumer<Response> answer) {
        if (request instanceof Request.Ours ours) {
            long id = fleet.nextId();
            replies.put(id, answer);
            step(ours.event().apply(id));
        } else if (request instanceof Request.Wire body) {
            wire.receive(body, answer);
        }
    }

    /** Puts a call of a real member to the core. */
    void ask(Request.Ours asked, Consumer<Response> answer) {
        receive(asked, answer);
    }

    /** Steps, saves, then does what may be done outside; stops if the power goes. */
    void step(Event event) {
        if (!runs()) {
            return;
        }
        fleet.stepped(this, event);
        List<Effect> effects = engine().step(event);
        try {
            for (Effect effect : effects) {
                if (effect instanceof Effect.Save save) {
                    disk.apply(save);
                } else if (effect instanceof Effect.ReplyPeer reply) {
                    reply(reply.replyId(), effect);
                } else if (effect instanceof Effect.ReplyText reply) {
                    reply(reply.replyId(), effect);
                } else if (effect instanceof Effect.Ended ended) {
                    fleet.ended(ended);
                } else {
                    wire.perform(effect);
                }
            }
        } catch (SimDisk.PowerLost e) {
            fleet.trace().add(name, "loses", "power");
            stop();
        } catch (SimDisk.Full e) {
            fleet.trace().add(name, "cannot", "save: the disk is full");
            stop();
            int stopped = life;
            fleet.agenda().after(REOPEN_MS, () -> startAgain(stopped));
        }
        fleet.checked(this);
    }

    private void startAgain(int stopped) {
        if (life == stopped) {
            start();
        }
    }

    private void reply(long id, Effect effect) {
        Consumer<Response> waiting = replies.remove(id);
        if (waiting != null) {
            waiting.accept(new Response.Ours(effect));
        }
    }
}
