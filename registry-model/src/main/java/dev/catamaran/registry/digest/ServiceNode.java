package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A service in the table, with the digests of its records: a change of one record of a large
 * service hashes that record, not all.
 */
record ServiceNode(ServiceEntry entry, DigestTrie<RegistryRecord> records) {

    private static final DigestTrie<RegistryRecord> NONE =
            DigestTrie.empty(record -> TrieNode.sha256(Canonical.bytes(record)));

    static ServiceNode of(ServiceEntry entry) {
        DigestTrie<RegistryRecord> records = put(NONE, entry.service());
        for (ClusterRecord cluster : entry.clusters().values()) {
            records = put(records, cluster);
        }
        for (InstanceRecord instance : entry.instances().values()) {
            records = put(records, instance);
        }
        return new ServiceNode(entry, records);
    }

    /**
     * The same service with other records; clusters and instances that are the same objects are not
     * hashed again.
     */
    ServiceNode changedTo(ServiceEntry after) {
        DigestTrie<RegistryRecord> changed = put(records, after.service());
        changed = merge(changed, entry.clusters(), after.clusters());
        changed = merge(changed, entry.instances(), after.instances());
        return new ServiceNode(after, changed);
    }

    byte[] digest() {
        return records.digest();
    }

    /** Walks both maps at once, as both are sorted. */
    private static <K extends Comparable<K>, R extends RegistryRecord>
            DigestTrie<RegistryRecord> merge(
                    DigestTrie<RegistryRecord> trie,
                    SortedMap<K, R> before,
                    SortedMap<K, R> after) {
        DigestTrie<RegistryRecord> changed = trie;
        Iterator<Map.Entry<K, R>> olds = before.entrySet().iterator();
        Iterator<Map.Entry<K, R>> news = after.entrySet().iterator();
        Map.@Nullable Entry<K, R> old = next(olds);
        Map.@Nullable Entry<K, R> now = next(news);
        while (old != null || now != null) {
            if (old != null && now != null && old.getValue() == now.getValue()) {
                old = next(olds);
                now = next(news);
                continue;
            }
            int order = order(old, now);
            if (order < 0 && old != null) {
                changed = changed.without(key(old.getValue()));
                old = next(olds);
            } else if (now != null) {
                changed = put(changed, now.getValue());
                old = order == 0 ? next(olds) : old;
                now = next(news);
            }
        }
        return changed;
    }

    private static <K extends Comparable<K>, R> int order(
            Map.@Nullable Entry<K, R> old, Map.@Nullable Entry<K, R> now) {
        if (old == null || now == null) {
            return old == null ? 1 : -1;
        }
        return old.getKey().compareTo(now.getKey());
    }

    private static <T> @Nullable T next(Iterator<T> iterator) {
        return iterator.hasNext() ? iterator.next() : null;
    }

    private static DigestTrie<RegistryRecord> put(
            DigestTrie<RegistryRecord> trie, RegistryRecord record) {
        return trie.with(key(record), record, 0, 1);
    }

    /** A key no other record of the service has, whatever characters its names hold. */
    private static byte[] key(RegistryRecord record) {
        if (record instanceof ClusterRecord cluster) {
            return CanonicalBytes.utf8("c" + cluster.key().name());
        }
        if (record instanceof InstanceRecord instance) {
            InstanceKey key = instance.key();
            String ip = key.ip();
            return CanonicalBytes.utf8(
                    "i" + ip.length() + "#" + ip + "#" + key.port() + "#" + key.cluster());
        }
        return CanonicalBytes.utf8("s");
    }

    /**
     * Key of a service in the table: its text, so that texts with a common beginning lie together,
     * and the lengths of its parts, so that no two services have the same key.
     */
    static byte[] key(ServiceKey key) {
        return new CanonicalBytes()
                .raw(CanonicalBytes.utf8(key.text()))
                .whole(key.namespace().length())
                .whole(key.group().length())
                .toBytes();
    }

    static Function<ServiceNode, byte[]> content() {
        return ServiceNode::digest;
    }
}
