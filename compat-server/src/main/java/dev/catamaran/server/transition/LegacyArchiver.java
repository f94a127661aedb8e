package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retires the legacy stack of this member once the cluster is FINALIZED. */
public final class LegacyArchiver {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyArchiver.class);

    private final TransitionWatch watch;
    private final Archive archive;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** What the legacy stack offers for its own end. */
    @FunctionalInterface
    public interface Archive {
        /**
         * Waits until this member's copy is as far as the final switch if the others still help,
         * stops the legacy raft, and moves its files aside with a manifest; never deletes. The
         * table stays readable. May be called again after a restart.
         */
        CompletableFuture<Void> archive(TransitionView last);
    }

    /**
     * An archiver; call {@link #start()} once the stacks run.
     *
     * @param watch what this member knows of the transition
     * @param archive the legacy stack's part
     */
    public LegacyArchiver(TransitionWatch watch, Archive archive) {
        this.watch = requireNonNull(watch, "watch is null");
        this.archive = requireNonNull(archive, "archive is null");
    }

    /** Follows the transition; archives at once if it is final already. */
    public void start() {
        watch.onChange(this::follow);
        follow(watch.view());
    }

    private void follow(TransitionView view) {
        if (view.upgrade().phase() != Phase.FINALIZED || !begun.compareAndSet(false, true)) {
            return;
        }
        archive.archive(view)
                .whenComplete(
                        (done, failure) -> {
                            if (failure == null) {
                                LOG.info("legacy-archived epoch={}", view.upgrade().epoch());
                            } else {
                                begun.set(false);
                                LOG.warn(
                                        "legacy-not-archived because={}; its files stay where they"
                                                + " are, nothing is lost",
                                        failure.toString());
                            }
                        });
    }
}
