package dev.catamaran.tool.live;

import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** Reads a server's services one by one. Used by several threads at once. */
interface RegistryReader {

    /** All services of all namespaces, each once. */
    Collection<ServiceKey> services() throws IOException;

    /**
     * One service with its clusters and persistent instances as clients are shown them; empty if it
     * is gone, or if nothing of it is persistent.
     */
    Optional<ServiceEntry> read(ServiceKey key) throws IOException;
}
