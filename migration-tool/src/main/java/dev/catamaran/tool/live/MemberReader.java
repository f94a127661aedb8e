package dev.catamaran.tool.live;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.records.RecordReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Reads a Catamaran member by its own list of records, of the stack it answers from. */
final class MemberReader implements RegistryReader {

    /** What a member shows in place of a secret. */
    private static final String MASK = "***";

    private final LiveServer server;
    private final CatalogReader catalog;

    /** Read whole when the services are listed; a reader is used for one reading. */
    private volatile RegistryTable all = RegistryTable.EMPTY;

    MemberReader(LiveServer server) {
        this.server = server;
        this.catalog = new CatalogReader(server, Set.of());
    }

    @Override
    public Collection<ServiceKey> services() throws IOException {
        all = records();
        return all.entries().keySet();
    }

    @Override
    public Optional<ServiceEntry> read(ServiceKey key) throws IOException {
        Optional<ServiceEntry> entry = all.entry(key);
        boolean masked =
                entry.stream()
                        .flatMap(known -> known.clusters().values().stream())
                        .anyMatch(
                                cluster ->
                                        cluster.checker() instanceof HealthChecker.Mysql mysql
                                                && mysql.pwd().equals(MASK));
        if (masked) {
            return catalog.read(key);
        }
        return entry.flatMap(known -> EntryForm.persistent(known, known.instances()));
    }

    private RegistryTable records() throws IOException {
        String reading =
                server.call(ServerCall.atRoot("/catamaran/v1/status"))
                        .json()
                        .path("reading")
                        .asString("");
        if (reading.isEmpty()) {
            throw new IOException(
                    server.address() + " does not say which stack it reads from; try again");
        }
        ServerReply reply =
                server.call(ServerCall.atRoot("/catamaran/v1/records").with("stack", reading));
        if (!reply.isOk()) {
            throw reply.unexpected();
        }
        return RecordReader.read(reply.text()).table();
    }
}
