package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A live server's records: read whole, and written one by one. */
public final class LiveRegistry implements AutoCloseable {

    private final LiveServer server;
    private final ServerKind kind;
    private final Set<String> alsoNamespaces;
    private final int parallel;

    private LiveRegistry(
            LiveServer server, ServerKind kind, Set<String> alsoNamespaces, int parallel) {
        this.server = server;
        this.kind = kind;
        this.alsoNamespaces = Set.copyOf(alsoNamespaces);
        this.parallel = parallel;
    }

    /**
     * Finds out what the server is.
     *
     * @param alsoNamespaces namespaces to read even if the server does not list them
     * @param parallel most calls at once
     * @throws RefusedException if it is no registry, or does not let us in
     * @throws IOException if it cannot be reached
     */
    public static LiveRegistry connect(LiveServer server, Set<String> alsoNamespaces, int parallel)
            throws IOException {
        requireNonNull(server, "server is null");
        return new LiveRegistry(server, Detection.of(server), alsoNamespaces, parallel);
    }

    public ServerKind kind() {
        return kind;
    }

    public ServerAddress address() {
        return server.address();
    }

    /**
     * Everything persistent that the server shows.
     *
     * @throws IOException if any of it cannot be read: half a table is none
     */
    public RegistryTable read(Progress progress) throws IOException {
        RegistryReader reader = reader();
        Collection<ServiceKey> keys = reader.services();
        progress.begins("reading " + server.address(), keys.size());
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<Optional<ServiceEntry>>> answers = new ArrayList<>();
            for (ServiceKey key : keys) {
                Callable<Optional<ServiceEntry>> reading =
                        () -> {
                            Optional<ServiceEntry> entry = reader.read(key);
                            progress.advanced(1);
                            return entry;
                        };
                answers.add(threads.submit(reading));
            }
            List<ServiceEntry> entries = new ArrayList<>();
            for (Future<Optional<ServiceEntry>> answer : answers) {
                result(answer).ifPresent(entries::add);
            }
            return RegistryTable.of(entries);
        } finally {
            threads.shutdownNow();
            progress.ended();
        }
    }

    private RegistryReader reader() throws IOException {
        return switch (kind.generation()) {
            case V1X -> {
                CatalogReader catalog = new CatalogReader(server, alsoNamespaces);
                yield DatumReader.isServedBy(server) ? new DatumReader(server, catalog) : catalog;
            }
            case V2X -> new CatalogReader(server, alsoNamespaces);
            case V3X -> new AdminReader(server, alsoNamespaces);
            case CATAMARAN -> new MemberReader(server);
        };
    }

    static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException("a thread of the reader broke", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted");
        }
    }

    /**
     * Those of these namespaces that the server's console does not show; none if it has no console.
     *
     * @throws IOException if it cannot be asked
     */
    public Set<String> unlisted(Set<String> namespaces) throws IOException {
        Set<String> missing = new TreeSet<>(namespaces);
        missing.remove(ServiceKey.DEFAULT_NAMESPACE);
        if (missing.isEmpty()) {
            return missing;
        }
        Optional<SortedSet<String>> listed = namespaces().listed();
        listed.ifPresentOrElse(missing::removeAll, missing::clear);
        return missing;
    }

    /**
     * Lets the server's console show a namespace.
     *
     * @return why the server did not take it; empty if it did
     * @throws IOException if it cannot be reached
     */
    public Optional<String> createNamespace(String id) throws IOException {
        return namespaces().create(id);
    }

    private Namespaces namespaces() {
        return new Namespaces(server, kind.generation() == Generation.V3X);
    }

    /** Writes to the server by its interface of choice. */
    public RegistryWriter writer(Interface by) {
        return new RegistryWriter(server, kind, by == Interface.AUTO ? Interface.of(kind) : by);
    }

    @Override
    public void close() {
        server.close();
    }
}
