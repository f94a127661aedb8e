package dev.catamaran.registry.v1;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.NameRules;
import dev.catamaran.registry.records.ServiceKey;

/**
 * Key of a 1.x datum (spec: legacy-raft 2.6). Parsing is strict, because a 1.x node makes file
 * names of keys: what is accepted here can leave neither its folder nor its name space.
 */
public sealed interface LegacyKey {

    /** The datum holds a service and its clusters. */
    record Service(ServiceKey key) implements LegacyKey {
        public Service {
            requireNonNull(key, "key is null");
        }

        @Override
        public String text() {
            return META_PREFIX + key.text();
        }

        @Override
        public String namespace() {
            return key.namespace();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The datum holds the persistent instances of a service. */
    record Instances(ServiceKey key) implements LegacyKey {
        public Instances {
            requireNonNull(key, "key is null");
        }

        @Override
        public String text() {
            return LIST_PREFIX + key.text();
        }

        @Override
        public String namespace() {
            return key.namespace();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** The datum holds the cluster-wide switches. */
    record Switches() implements LegacyKey {
        @Override
        public String text() {
            return SWITCH_KEY;
        }

        @Override
        public String namespace() {
            return "";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    String PREFIX = "com.alibaba.nacos.naming.";
    String META_PREFIX = NameRules.LEGACY_META_PREFIX;
    String LIST_PREFIX = PREFIX + "iplist.";
    String EPHEMERAL_PREFIX = LIST_PREFIX + "ephemeral.";
    String SWITCH_NAME = "00-00---000-NACOS_SWITCH_DOMAIN-000---00-00";
    String SWITCH_KEY = META_PREFIX + SWITCH_NAME;

    /** Longest key: a 1.x node must be able to use it as a file name. */
    int MAX_LENGTH = NameRules.MAX_LEGACY_KEY;

    /** The full key, as in datums and on disk. */
    String text();

    /** Folder the datum's file lies in; empty for the root. */
    String namespace();

    /** The key as beats name it: {@code meta.…} or {@code iplist.…} (spec: legacy-raft 2.5). */
    default String brief() {
        return text().startsWith(META_PREFIX)
                ? "meta." + text().substring(META_PREFIX.length())
                : "iplist." + text().substring(LIST_PREFIX.length());
    }

    /** Name of the datum's file inside its folder (spec: legacy-raft 5.2). */
    default String fileName() {
        return text().replace(':', '#');
    }

    /** Key of a service's ephemeral instances, which other ways than the raft carry. */
    static String ephemeral(ServiceKey service) {
        return EPHEMERAL_PREFIX + service.text();
    }

    /** Reads a key that {@link #ephemeral} makes, as listings of ephemeral datums have it. */
    static Decoded<ServiceKey> parseEphemeral(String text) {
        return LegacyKeyParser.parseEphemeral(text);
    }

    /** Reads a full key; refuses ephemeral keys, which never travel through the raft. */
    static Decoded<LegacyKey> parse(String text) {
        return LegacyKeyParser.parse(text, false);
    }

    /** Reads a key from a beat: {@code meta.…}, {@code iplist.…}. */
    static Decoded<LegacyKey> parseBrief(String brief) {
        if (brief.startsWith("meta.")) {
            return parse(META_PREFIX + brief.substring("meta.".length()));
        }
        if (brief.startsWith("iplist.")) {
            return parse(LIST_PREFIX + brief.substring("iplist.".length()));
        }
        return Decoded.refused("neither a meta nor an iplist key: " + brief, "key");
    }

    /**
     * Reads a key from a disk or dump of any 1.x, also one of 0.8 without group or of 0.6 without
     * namespace (spec: legacy-raft 5.5); the answer's {@link #text()} is the key it has today.
     */
    static Decoded<LegacyKey> parseStored(String text) {
        return LegacyKeyParser.parse(text, true);
    }

    /**
     * What is wrong with the names in a key that is otherwise one of a service or of its instances;
     * empty if nothing, or if it is no such key. Servers before 1.4 took names that none takes now.
     */
    static String nameComplaint(String text) {
        return LegacyKeyParser.nameComplaint(text);
    }

    /** What is wrong with a service's names as 1.x names; empty if nothing. */
    static String complaint(ServiceKey key) {
        return NameRules.legacyComplaint(key);
    }
}
