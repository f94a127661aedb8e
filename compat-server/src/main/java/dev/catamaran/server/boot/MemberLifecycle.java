package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;

/** Starts the parts of a member in their order, before the HTTP port is opened. */
final class MemberLifecycle implements SmartLifecycle {

    private final List<Step> steps;
    private final AtomicBoolean running = new AtomicBoolean();

    /** Something to start. */
    @FunctionalInterface
    interface Step {

        /** Starts it; throws {@link StartFailure} when an operator can help. */
        void start();
    }

    MemberLifecycle(List<Step> steps) {
        this.steps = List.copyOf(requireNonNull(steps, "steps is null"));
    }

    @Override
    public void start() {
        steps.forEach(Step::start);
        running.set(true);
    }

    /** The parts are closed as beans, after the HTTP port has let its requests end. */
    @Override
    public void stop() {
        running.set(false);
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    /** Before the web server, which starts at about the highest phase. */
    @Override
    public int getPhase() {
        return 0;
    }
}
