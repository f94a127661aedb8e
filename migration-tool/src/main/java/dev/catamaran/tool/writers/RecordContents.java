package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.tool.history.Value;
import java.util.Map;

/**
 * What a writer writes: every field follows from the record and the version number, so that a
 * reader can tell which version it sees and whether it is whole.
 */
public final class RecordContents {

    private static final String VERSION = "v";
    private static final String TEXT = "text";
    private static final String OWNER = "owner";
    private static final int WEIGHTS = 50;

    private RecordContents() {}

    /** The record as its put number {@code version} writes it. */
    public static InstanceRecord of(InstanceKey key, long version) {
        return InstanceRecord.persistent(key, weight(version), true, metadata(key, version));
    }

    /** Which version {@code seen} is, or what is wrong with it. */
    public static Value recognise(InstanceKey key, SeenInstance seen) {
        long version = parse(seen.metadata().getOrDefault(VERSION, ""));
        if (version < 1) {
            return new Value.Foreign("metadata without a version: " + seen.metadata());
        }
        if (!seen.cluster().equals(key.cluster())) {
            return new Value.Foreign("v" + version + " in cluster " + seen.cluster());
        }
        if (!seen.metadata().equals(metadata(key, version))) {
            return new Value.Foreign("v" + version + " with metadata " + seen.metadata());
        }
        if (seen.weight() != weight(version) || !seen.enabled()) {
            return new Value.Foreign(
                    "v" + version + " with weight " + seen.weight() + " enabled " + seen.enabled());
        }
        return Value.version(version);
    }

    private static double weight(long version) {
        return 1 + version % WEIGHTS / 2.0;
    }

    private static Map<String, String> metadata(InstanceKey key, long version) {
        return Map.of(
                VERSION, Long.toString(version),
                TEXT, "a+b 100% & 中文 #" + version,
                OWNER, key.address());
    }

    private static long parse(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
