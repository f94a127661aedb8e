package dev.catamaran.server.mirror;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.reconcile.Reconcile;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.reconcile.ReconcilePlan;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;

/**
 * Brings both stacks together behind a fence: nothing can change the source any more, so what
 * differs after the target's barrier is copied until nothing does, or until the time is up.
 */
final class Drain {

    private final RegistryStack source;
    private final RegistryStack target;
    private final ReconcileLimits limits;
    private final long epoch;
    private final long deadlineNanos;

    Drain(
            RegistryStack source,
            RegistryStack target,
            ReconcileLimits limits,
            long epoch,
            long deadlineNanos) {
        this.source = requireNonNull(source, "source is null");
        this.target = requireNonNull(target, "target is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.epoch = epoch;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * @param changed services that the source said have changed: copied first, see {@link Tail}
     */
    Drained run(StackPosition sealed, DirtyServices changed) {
        String problem = "no time was left to drain";
        if (!source.complete()) {
            return Drained.not(sealed, "some records of the source cannot be read, see its status");
        }
        try {
            Waits.get(
                    source.awaitPosition(sealed, Waits.left(deadlineNanos)),
                    Waits.left(deadlineNanos));
            while (System.nanoTime() - deadlineNanos < 0) {
                barrier();
                problem = copyChanged(changed);
                if (!problem.isEmpty()) {
                    continue;
                }
                ReconcilePlan<RegistryCommand> plan =
                        Reconcile.all(source.table(), true, target.table(), limits);
                if (plan.held() > 0) {
                    return Drained.not(sealed, plan.because());
                }
                Copier copier = new Copier(target, epoch, Waits.left(deadlineNanos));
                copier.copy(plan.commands());
                problem = copier.problem();
                StackPosition reached = barrier();
                String from = source.table().digest().hex();
                String to = target.table().digest().hex();
                if (from.equals(to)) {
                    return new Drained(true, from, to, sealed, reached, "");
                }
            }
        } catch (Waits.NotInTime late) {
            problem = late.getMessage();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            problem = "the member is stopping";
        }
        return new Drained(
                false,
                source.table().digest().hex(),
                target.table().digest().hex(),
                sealed,
                StackPosition.NONE,
                problem.isEmpty() ? "the stacks still differ" : problem);
    }

    /** Answers what stood in its way; empty if nothing did. */
    private String copyChanged(DirtyServices changed) throws InterruptedException, Waits.NotInTime {
        Tail tail = Tail.of(changed.keys(), source, target, limits);
        if (tail.tooMany() || tail.commands().isEmpty()) {
            return "";
        }
        Copier copier = new Copier(target, epoch, Waits.left(deadlineNanos));
        copier.copy(tail.commands());
        barrier();
        return copier.problem();
    }

    private StackPosition barrier() throws InterruptedException, Waits.NotInTime {
        return Waits.get(target.barrier(Waits.left(deadlineNanos)), Waits.left(deadlineNanos));
    }
}
