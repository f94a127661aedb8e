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
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
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

    /** A writer turns to one record after the other, as a deployment does to its hosts. */
    private static final int RECORDS_AT_ONCE = 2;

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
    private final WrittenRecords records = new WrittenRecords();
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
        this.nacosReader = new Reader(nacos, incarnations, history, nanoClock);
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
        RegistryClient nacos = NacosClient.connect(settings.members(), WrittenRecords.NAMESPACES);
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

    /** Goes on, in new services; records half written before stay with their writers. */
    public void resume() {
        records.nextGeneration();
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
        return records.all();
    }

    /** Whether a service is one of those the writers use. */
    public static boolean writes(ServiceKey service) {
        return service.group().equals(WrittenRecords.GROUP);
    }

    /**
     * What {@code member} shows consumers of every record that was ever written.
     *
     * @throws IOException if the member does not answer
     */
    public FinalView shownBy(String member, String where) throws IOException {
        Map<InstanceKey, List<Value>> shown = new HashMap<>();
        for (ServiceKey service : records.services()) {
            List<SeenInstance> seen = plain.list(service, member);
            records.of(service)
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
        List<RecordWriter> own = new ArrayList<>();
        for (int turn = 0; !stopped; turn++) {
            writePacer.await();
            working.readLock().lock();
            try {
                if (!stopped) {
                    own.removeIf(RecordWriter::isDone);
                    while (own.size() < RECORDS_AT_ONCE) {
                        own.add(recordWriter(client));
                    }
                    own.get(turn % own.size()).writeOnce();
                }
            } finally {
                working.readLock().unlock();
            }
        }
    }

    private RecordWriter recordWriter(RegistryClient client) {
        return new RecordWriter(records.take(), client, members, history, nanoClock);
    }

    private void read(int number) {
        Random random = new Random(number);
        Reader reader = number % READERS == 0 ? plainReader : nacosReader;
        while (!stopped) {
            readPacer.await();
            List<ServiceKey> services = records.services();
            ServiceKey service = services.get(random.nextInt(services.size()));
            String member = members.get(random.nextInt(members.size()));
            reader.readOnce(service, member, records.of(service));
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
