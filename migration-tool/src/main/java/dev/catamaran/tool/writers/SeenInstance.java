package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceRecord;
import java.util.Map;

/**
 * An instance as a reader was shown it.
 *
 * @param ip address
 * @param port port
 * @param cluster cluster name
 * @param weight share of traffic
 * @param enabled whether consumers are given it
 * @param metadata labels
 */
public record SeenInstance(
        String ip,
        int port,
        String cluster,
        double weight,
        boolean enabled,
        Map<String, String> metadata) {
    public SeenInstance {
        metadata = Map.copyOf(metadata);
    }

    /** The view a stack's own record gives. */
    public static SeenInstance of(InstanceRecord record) {
        return new SeenInstance(
                record.key().ip(),
                record.key().port(),
                record.key().cluster(),
                record.weight(),
                record.enabled(),
                record.metadata());
    }
}
