package dev.catamaran.server.transition;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Reason;
import dev.catamaran.judgement.Rule;
import dev.catamaran.judgement.UpgradeState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the judge's reasons, the same that {@code /catamaran/v1/explain} answers: each once when it
 * has come to stay and once when it has gone. What comes and goes between two looks (a mirror that
 * is behind for a moment under load) is no news. Used by one thread.
 */
final class ReasonLog {

    private static final Logger LOG = LoggerFactory.getLogger(ReasonLog.class);

    /** A reason that holds for this long, or is gone for this long, is told. */
    static final long SETTLED_MS = 2_000;

    /** More reasons at once than this are only shown by {@code explain}. */
    private static final int MOST = 200;

    /** What makes two reasons the same news; figures in the evidence change all the time. */
    record Key(Rule rule, Optional<String> member, Optional<Phase> step) {
        static Key of(Reason reason) {
            return new Key(reason.rule(), reason.member(), reason.step());
        }
    }

    private static final class Track {
        private boolean told;
        private boolean there;
        private long sinceMs;
    }

    private final Map<Key, Track> tracks = new HashMap<>();

    /**
     * Notes what the judge says now and logs what has settled; the lines are answered for tests.
     */
    int note(long nowMs, UpgradeState state, List<Reason> reasons) {
        int lines = 0;
        Set<Key> now = new HashSet<>();
        for (Reason reason : reasons.subList(0, Math.min(MOST, reasons.size()))) {
            Key key = Key.of(reason);
            now.add(key);
            if (settled(nowMs, key, true)) {
                LOG.info("{}", line(reason, state, since(nowMs, reason)));
                lines++;
            }
        }
        for (Key key : Set.copyOf(tracks.keySet())) {
            if (!now.contains(key) && settled(nowMs, key, false)) {
                LOG.info(
                        "reason-gone rule={} member={} step={} phase={} epoch={}",
                        key.rule().id(),
                        key.member().orElse("none"),
                        key.step().map(Phase::name).orElse("none"),
                        state.phase(),
                        state.epoch());
                lines++;
            }
        }
        tracks.entrySet().removeIf(entry -> !entry.getValue().told && !entry.getValue().there);
        return lines;
    }

    /** One reason with all that {@code explain} says of it. */
    static String line(Reason reason, UpgradeState state, Optional<Instant> since) {
        return "reason rule=%s member=%s step=%s phase=%s epoch=%d since=%s evidence=\"%s\" change=\"%s\" command=\"%s\""
                .formatted(
                        reason.rule().id(),
                        reason.member().orElse("none"),
                        reason.step().map(Phase::name).orElse("none"),
                        state.phase(),
                        state.epoch(),
                        since.map(Instant::toString).orElse("unknown"),
                        reason.evidence(),
                        reason.change(),
                        reason.command());
    }

    private static Optional<Instant> since(long nowMs, Reason reason) {
        return reason.sinceMs().isPresent()
                ? Optional.of(Instant.now().minusMillis(nowMs - reason.sinceMs().getAsLong()))
                : Optional.empty();
    }

    /** Whether this look is the one at which a reason's coming or going is told. */
    private boolean settled(long nowMs, Key key, boolean there) {
        Track track = tracks.computeIfAbsent(key, any -> fresh(nowMs));
        if (track.there != there) {
            track.there = there;
            track.sinceMs = nowMs;
        }
        if (track.told == there || nowMs - track.sinceMs < SETTLED_MS) {
            return false;
        }
        track.told = there;
        return true;
    }

    private static Track fresh(long nowMs) {
        Track track = new Track();
        track.there = true;
        track.sinceMs = nowMs;
        return track;
    }

    /** Forgets everything: another member tells from now on. */
    void forget() {
        tracks.clear();
    }
}
