package dev.catamaran.server.boot;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.ops.Readiness;
import dev.catamaran.server.transition.TransitionWatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Says once, when the port is open and the stack that answers is there, that the member serves. */
final class ReadyNote implements ApplicationListener<WebServerInitializedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("catamaran");
    private static final long LOOK_AGAIN_MS = 50;

    private final ServerSettings settings;
    private final Readiness readiness;
    private final TransitionWatch watch;
    private final ScheduledExecutorService timer;
    private final long startedNanos;

    ReadyNote(
            ServerSettings settings,
            Readiness readiness,
            TransitionWatch watch,
            ScheduledExecutorService timer,
            MemberApplication.StartTime started) {
        this.settings = requireNonNull(settings, "settings is null");
        this.readiness = requireNonNull(readiness, "readiness is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.startedNanos = started.nanos();
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        look();
    }

    private void look() {
        if (!readiness.ready()) {
            timer.schedule(this::look, LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
            return;
        }
        UpgradeState state = watch.view().upgrade();
        LOG.info(
                "catamaran ready address={} phase={} epoch={} after={}ms",
                settings.self(),
                state.phase(),
                state.epoch(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
    }
}
