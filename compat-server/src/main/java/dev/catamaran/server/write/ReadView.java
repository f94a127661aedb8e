package dev.catamaran.server.write;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionWatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which table this member answers reads from. After a switch it goes on reading the old primary,
 * which no write can change any more, until its own copy of the new one has come as far as the
 * switch: a reader never goes back in time.
 */
public final class ReadView {

    private static final Logger LOG = LoggerFactory.getLogger(ReadView.class);

    /** How long one wait for the new primary's copy lasts before it is begun again. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    /** Pause before a wait that failed is begun again. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Map<Stack, RegistryStack> stacks;
    private final TransitionWatch watch;
    private final ScheduledExecutorService timer;
    private volatile Stack reading = Stack.LEGACY;
    private volatile boolean jraftLoaded;

    /**
     * A read view; call {@link #start()} before the first read.
     *
     * @param stacks both stacks by id
     * @param watch what this member knows of the transition
     * @param timer begins a failed wait again; owned by the caller
     */
    public ReadView(
            Map<Stack, RegistryStack> stacks,
            TransitionWatch watch,
            ScheduledExecutorService timer) {
        this.stacks = Map.copyOf(stacks);
        this.watch = requireNonNull(watch, "watch is null");
        this.timer = requireNonNull(timer, "timer is null");
    }

    /** Takes over what the transition says now, and follows it from then on. */
    public void start() {
        reading = watch.view().upgrade().readable();
        watch.onChange(this::follow);
    }

    /** Catches up with the JRaft stack once; call it when the stacks have been started. */
    public void load() {
        stack(Stack.JRAFT)
                .barrier(CATCH_UP)
                .whenComplete(
                        (position, failure) -> {
                            if (failure == null) {
                                jraftLoaded = true;
                            } else {
                                timer.schedule(this::load, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                            }
                        });
    }

    /**
     * The table to answer from: an immutable snapshot.
     *
     * @throws NotLoaded while this member's copy of the JRaft stack has not caught up since start;
     *     its log is replayed only once a leader says how far, and half a list is worse than none
     */
    public RegistryTable readable() {
        if (!loaded()) {
            throw new NotLoaded();
        }
        return stack(reading).table();
    }

    /**
     * Whether reads are answered. The legacy copy is whole from the files of the home on; a member
     * that does not know the phase does not know which copy counts.
     */
    public boolean loaded() {
        return watch.view().phaseKnown() && (reading == Stack.LEGACY || jraftLoaded);
    }

    /** This member's copy has not caught up since it started, or it does not know which counts. */
    public static final class NotLoaded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotLoaded() {
            super("this member's copy has not caught up since it started; ask another, or again");
        }
    }

    /** The stack that is read. */
    public Stack reading() {
        return reading;
    }

    private void follow(TransitionView view) {
        Stack wanted = view.upgrade().readable();
        if (wanted == reading) {
            return;
        }
        RegistryStack next = stack(wanted);
        next.awaitPosition(view.readFrom().only(next.status().leaders().keySet()), CATCH_UP)
                .whenComplete((done, failure) -> arrived(wanted, failure));
    }

    private void arrived(Stack wanted, @Nullable Throwable failure) {
        TransitionView now = watch.view();
        if (now.upgrade().readable() != wanted) {
            return;
        }
        if (failure == null) {
            jraftLoaded |= wanted == Stack.JRAFT;
            reading = wanted;
            LOG.info("reads-from stack={} epoch={}", wanted, now.upgrade().epoch());
            return;
        }
        LOG.warn(
                "copy-behind stack={} because=\"{}\"; reads go on from {}",
                wanted,
                failure.toString(),
                reading);
        timer.schedule(() -> follow(watch.view()), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private RegistryStack stack(Stack id) {
        return requireNonNull(stacks.get(id), "no such stack");
    }
}
