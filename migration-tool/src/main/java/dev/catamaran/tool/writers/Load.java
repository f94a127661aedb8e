package dev.catamaran.tool.writers;

import com.alibaba.nacos.api.exception.NacosException;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.history.FinalView;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.Pause;
import dev.catamaran.tool.history.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes at an even rate through all members, half with plain HTTP and half with the real client,
 * and reads beside it. Every call lands in the history. Driven by one thread.
 */
public final class Load implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);

    /** Writers wait for answers; this many together keep the rate at 100 ms per write and more. */
    private static final int WRITERS = 16;

    private static final int READERS = 2;

    /** One reading for two writes keeps the readers from being the load. */
    private static final int WRITES_PER_READ = 2;

    /** Longer than the longest operation of a writer. */
    private static final long STOP_LIMIT_MS = 60_000;

    private final List<String> members;
    private final History history;
    private final LongSupplier nanoClock;
    private final RegistryClient plain;
    private final RegistryClient nacos;
    private final Reader plainReader;
    private final Reader nacosReader;
    private final Pacer writePacer;
    private final Pacer readPacer;
    private final ReentrantReadWriteLock working = new ReentrantReadWriteLock(true);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Pause.Span> spans = new ArrayList<>();
    private volatile boolean stopped;
    private final AtomicInteger generation = new AtomicInteger();
    private long spanFromNs;
    private boolean paused;

    private Load(
            LoadSettings settings,
            History history,
            LongSupplier nanoClock,
            Incarnations incarnations,
            RegistryClient nacos) {
        this.members = settings.members();
        this.history = history;
        this.nanoClock = nanoClock;
        this.plain = new PlainClient();
        this.nacos = nacos;
        this.plainReader = new Reader(plain, incarnations, history, nanoClock);
        this.nacosReader = new Reader(nacos, member -> 0, history, nanoClock);
        this.writePacer = new Pacer(settings.writesPerSecond(), nanoClock);
        this.readPacer =
                new Pacer(Math.max(1, settings.writesPerSecond() / WRITES_PER_READ), nanoClock);
    }

    /**
     * Connects the clients; nothing is written before {@link #start}.
     *
     * @throws NacosException if the real client cannot be set up
     */
    public static Load connect(
            LoadSettings settings,
            History history,
            LongSupplier nanoClock,
            Incarnations incarnations)
            throws NacosException {
        Path scratch = settings.scratch();
        NacosClient.prepare(scratch);
        RegistryClient nacos = NacosClient.connect(settings.members(), Generation.NAMESPACES);
        return new Load(settings, history, nanoClock, incarnations, nacos);
    }

    /** Starts writing and reading. */
    public void start() {
        spanFromNs = nanoClock.getAsLong();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            threads.add(new Thread(() -> write(writer), "writer-" + i));
        }
        for (int i = 0; i < READERS; i++) {
            int reader = i;
            threads.add(new Thread(() -> read(reader), "reader-" + i));
        }
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Lets no new write begin and waits until those under way have ended. */
    public void pause() {
        endSpan();
        working.writeLock().lock();
        paused = true;
    }

    /** Goes on, with a new generation of records. */
    public void resume() {
        generation.incrementAndGet();
        spanFromNs = nanoClock.getAsLong();
        paused = false;
        working.writeLock().unlock();
    }

    /** Stops for good and waits until every write has ended. */
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (paused) {
            paused = false;
            working.writeLock().unlock();
        } else {
            endSpan();
        }
        for (Thread thread : threads) {
            join(thread);
        }
    }

    /** Every record that was ever written. */
    public List<InstanceKey> records() {
        return IntStream.rangeClosed(0, generation.get())
                .mapToObj(Generation::records)
                .flatMap(List::stream)
                .toList();
    }

    /** Whether a service is one of those the writers use. */
    public static boolean writes(ServiceKey service) {
        return service.group().equals(Generation.GROUP);
    }

    /**
     * What {@code member} shows consumers of every record that was ever written.
     *
     * @throws IOException if the member does not answer
     */
    public FinalView shownBy(String member, String where) throws IOException {
        Map<InstanceKey, List<Value>> shown = new HashMap<>();
        for (ServiceKey service : Generation.services()) {
            List<SeenInstance> seen = plain.list(service, member);
            records().stream()
                    .filter(record -> record.service().equals(service))
                    .forEach(record -> shown.put(record, Reader.appearances(record, seen)));
        }
        return new FinalView(where, nanoClock.getAsLong(), shown);
    }

    /** Times in which the writers were at work, the running one included. */
    public List<Pause.Span> spans() {
        List<Pause.Span> all = new ArrayList<>(spans);
        if (!stopped && !paused && !threads.isEmpty()) {
            all.add(new Pause.Span(spanFromNs, nanoClock.getAsLong()));
        }
        return all;
    }

    /** Readings that were answered. */
    public long readsAnswered() {
        return plainReader.answered() + nacosReader.answered();
    }

    /** Readings that got no answer, as from a member that was down. */
    public long readsFailed() {
        return plainReader.failed() + nacosReader.failed();
    }

    @Override
    public void close() {
        stop();
        plain.close();
        nacos.close();
    }

    private void endSpan() {
        spans.add(new Pause.Span(spanFromNs, nanoClock.getAsLong()));
    }

    private void write(int writer) {
        // by pairs, so that both clients write in every service and namespace
        RegistryClient client = writer / 2 % 2 == 0 ? plain : nacos;
        int ownGeneration = -1;
        List<RecordWriter> own = List.of();
        for (int turn = 0; !stopped; turn++) {
            writePacer.await();
            working.readLock().lock();
            try {
                if (ownGeneration != generation.get()) {
                    ownGeneration = generation.get();
                    own = recordsOf(writer, client, ownGeneration);
                }
                if (!stopped) {
                    own.get(turn % own.size()).writeOnce();
                }
            } finally {
                working.readLock().unlock();
            }
        }
    }

    private List<RecordWriter> recordsOf(int writer, RegistryClient client, int ofGeneration) {
        List<InstanceKey> all = Generation.records(ofGeneration);
        return IntStream.range(0, all.size())
                .filter(i -> i % WRITERS == writer)
                .mapToObj(i -> new RecordWriter(all.get(i), client, members, history, nanoClock))
                .toList();
    }

    private void read(int number) {
        Random random = new Random(number);
        Reader reader = number % READERS == 0 ? plainReader : nacosReader;
        List<ServiceKey> services = Generation.services();
        while (!stopped) {
            readPacer.await();
            int shown = generation.get();
            List<InstanceKey> records = Generation.records(random.nextInt(shown + 1));
            ServiceKey service = services.get(random.nextInt(services.size()));
            String member = members.get(random.nextInt(members.size()));
            reader.readOnce(service, member, records);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(STOP_LIMIT_MS);
            if (thread.isAlive()) {
                LOG.warn("thread={} did not stop in {} ms", thread.getName(), STOP_LIMIT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
