package dev.catamaran.tool.migrate;

import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.RegistryCommand.PutCluster;
import dev.catamaran.registry.records.RegistryCommand.PutInstance;
import dev.catamaran.registry.records.RegistryCommand.PutService;
import dev.catamaran.registry.records.RegistryCommand.RemoveInstance;
import dev.catamaran.registry.records.RegistryCommand.RemoveService;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.job.LeaseKeeper;
import dev.catamaran.tool.job.Step;
import dev.catamaran.tool.live.Progress;
import dev.catamaran.tool.live.RefusedException;
import dev.catamaran.tool.live.RegistryWriter;
import dev.catamaran.tool.live.UnreachableException;
import dev.failsafe.RateLimiter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of a plan: services at the same time, the writes of one service one after another,
 * because 1.x servers write a service's whole list at once and two writers would overwrite each
 * other (spec: legacy-raft 8.1).
 */
final class WorkRunner {

    /** A target that refuses so many services will refuse the rest. */
    private static final int MAX_FAILED_SERVICES = 50;

    private final RegistryWriter writer;
    private final @Nullable RateLimiter<Object> limiter;
    private final int parallel;
    private final LeaseKeeper lease;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean stopped;

    WorkRunner(RegistryWriter writer, int perSecond, int parallel, LeaseKeeper lease) {
        this.writer = writer;
        this.limiter =
                perSecond == 0
                        ? null
                        : RateLimiter.smoothBuilder(perSecond, Duration.ofSeconds(1)).build();
        this.parallel = parallel;
        this.lease = lease;
    }

    /** Hears of each service that is done; called from several threads. */
    interface Ended {
        void ended(ServiceKey key, Step.State how, String detail) throws IOException;
    }

    /**
     * Writes everything.
     *
     * @throws UnreachableException if the target went away; what was written stands
     * @throws IOException if the journal or the claim was lost
     */
    void run(SortedMap<ServiceKey, ServiceWork> work, Ended ended, Progress progress)
            throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<?>> services = new ArrayList<>();
            for (Map.Entry<ServiceKey, ServiceWork> service : work.entrySet()) {
                services.add(
                        threads.submit(
                                () -> {
                                    one(service.getKey(), service.getValue(), ended, progress);
                                    return null;
                                }));
            }
            IOException first = null;
            for (Future<?> service : services) {
                try {
                    service.get();
                } catch (ExecutionException e) {
                    IOException failure = failure(e);
                    // those that stopped for another's sake say nothing
                    if (first == null || first instanceof Abandoned) {
                        first = failure;
                    }
                }
            }
            if (first != null) {
                throw first;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            threads.shutdownNow();
        }
    }

    private static IOException failure(ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
            return io;
        }
        throw new IllegalStateException("a writing thread broke", e.getCause());
    }

    private void one(ServiceKey key, ServiceWork work, Ended ended, Progress progress)
            throws IOException {
        if (stopped) {
            return;
        }
        try {
            for (RegistryCommand command : work.commands()) {
                permit();
                rejected(() -> write(command, work.exists()));
                written.incrementAndGet();
                if (ServiceWork.removes(command)) {
                    removed.incrementAndGet();
                }
                progress.advanced(1);
            }
            for (OverrideRecord override : work.overrides()) {
                permit();
                rejected(() -> writer.put(override));
                written.incrementAndGet();
                progress.advanced(1);
            }
            ended.ended(key, Step.State.DONE, work.size() + " written");
        } catch (Rejected e) {
            failures.add(e.getMessage());
            ended.ended(key, Step.State.FAILED, e.getMessage());
            if (failures.size() >= MAX_FAILED_SERVICES) {
                stopped = true;
            }
        } catch (IOException e) {
            stopped = true;
            throw e;
        }
    }

    private void permit() throws IOException {
        if (stopped) {
            throw new Abandoned("stopped, because another write failed");
        }
        lease.check();
        if (limiter != null) {
            try {
                limiter.acquirePermit();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    /** Tells apart a target that answers no from one that does not answer. */
    private static void rejected(Write write) throws IOException {
        try {
            write.run();
        } catch (UnreachableException | RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw new Rejected(e);
        }
    }

    private void write(RegistryCommand command, boolean exists) throws IOException {
        if (command instanceof PutService put) {
            writer.put(put.record(), exists);
        } else if (command instanceof PutCluster put) {
            writer.put(put.record());
        } else if (command instanceof PutInstance put) {
            writer.put(put.record());
        } else if (command instanceof RemoveInstance remove) {
            writer.remove(remove.key());
        } else if (command instanceof RemoveService remove) {
            writer.remove(remove.service());
        } else {
            throw new AssertionError("no rule for " + command);
        }
    }

    int written() {
        return written.get();
    }

    /** How many of the writes removed something. */
    int removed() {
        return removed.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The target answered, and did not take it. */
    private static final class Rejected extends IOException {
        Rejected(IOException why) {
            super(why.getMessage(), why);
        }
    }

    /** Another thread has stopped the work. */
    private static final class Abandoned extends IOException {
        Abandoned(String message) {
            super(message);
        }
    }
}
