package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

/**
 * A fact the outside world has told us. {@code nowMs} is the deciding member's monotonic clock; it
 * has no meaning on another member or after a restart.
 */
public sealed interface UpgradeEvent {

    /** When, on the deciding member's monotonic clock. */
    long nowMs();

    /** Members and mirror were looked at; happens on a timer. */
    record Observed(long nowMs, ClusterView cluster, MirrorEvidence mirror)
            implements UpgradeEvent {
        public Observed {
            requireNonNull(cluster, "cluster is null");
            requireNonNull(mirror, "mirror is null");
        }
    }

    /** An operator gave an order. */
    record Ordered(long nowMs, Order order, ClusterView cluster, MirrorEvidence mirror)
            implements UpgradeEvent {
        public Ordered {
            requireNonNull(order, "order is null");
            requireNonNull(cluster, "cluster is null");
            requireNonNull(mirror, "mirror is null");
        }
    }

    /** The work behind a fence has come this far. */
    record FenceReported(long nowMs, FenceEvidence evidence) implements UpgradeEvent {
        public FenceReported {
            requireNonNull(evidence, "evidence is null");
        }
    }
}
