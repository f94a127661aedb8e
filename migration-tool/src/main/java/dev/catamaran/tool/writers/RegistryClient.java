package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.util.List;

/**
 * A client of the registry as applications use one. Never throws for what a server or the network
 * did to a write: that is an {@link Answer}. Safe for use by many threads.
 */
interface RegistryClient extends AutoCloseable {

    /** Who is asked when {@code member} was preferred; a client that chooses itself says so. */
    String asked(String member);

    /**
     * How many times a caller should try before it gives up; 1 if the client tries by itself at
     * every member.
     */
    int attempts();

    /** Registers the instance, or updates it when it is known to be there. */
    Answer put(InstanceRecord record, boolean update, String member);

    /** Deregisters the instance. */
    Answer remove(InstanceKey key, String member);

    /** The instances shown to a consumer. */
    List<SeenInstance> list(ServiceKey service, String member) throws IOException;

    @Override
    void close();
}
