package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks two trees from namespaces down to records, past everything that is equal. */
final class TreeDifference<L extends Leaf> {

    private final int limit;
    private final Hasher hasher = new Hasher();
    private final List<ServiceKey> services = new ArrayList<>();
    private final List<RecordPair> records = new ArrayList<>();

    TreeDifference(int limit) {
        this.limit = limit;
    }

    /** Keys of the services that differ. */
    List<ServiceKey> services(
            HashTrie<String, Scope<Scope<L>>> left, HashTrie<String, Scope<Scope<L>>> right) {
        find(left, right, this::service);
        return services;
    }

    /** The records that differ. */
    List<RecordPair> records(
            HashTrie<String, Scope<Scope<L>>> left, HashTrie<String, Scope<Scope<L>>> right) {
        find(left, right, this::recordsOf);
        return records;
    }

    private void find(
            HashTrie<String, Scope<Scope<L>>> left,
            HashTrie<String, Scope<Scope<L>>> right,
            Both<L> service) {
        compare(
                left,
                right,
                (leftSpace, rightSpace) ->
                        compare(
                                members(leftSpace, ServiceTree.groups()),
                                members(rightSpace, ServiceTree.groups()),
                                (leftGroup, rightGroup) ->
                                        compare(
                                                members(leftGroup, ServiceTree.services()),
                                                members(rightGroup, ServiceTree.services()),
                                                service)));
    }

    private void service(@Nullable L left, @Nullable L right) {
        L either = left == null ? right : left;
        if (either != null) {
            services.add(either.key());
        }
    }

    private void recordsOf(@Nullable L left, @Nullable L right) {
        L either = left == null ? right : left;
        if (either == null) {
            return;
        }
        HashTrie<Object, RegistryRecord> none = HashTrie.empty(either.records().kind());
        compare(
                left == null ? none : left.records(),
                right == null ? none : right.records(),
                (leftRecord, rightRecord) ->
                        records.add(
                                new RecordPair(
                                        Optional.ofNullable(leftRecord),
                                        Optional.ofNullable(rightRecord))));
    }

    private static <V extends Counts.Counted> HashTrie<String, V> members(
            @Nullable Scope<V> scope, HashTrie.Kind<String, V> kind) {
        return scope == null ? HashTrie.empty(kind) : scope.members();
    }

    private <K, V> void compare(HashTrie<K, V> left, HashTrie<K, V> right, Both<V> both) {
        TrieDifference.Sink<V> sink =
                new TrieDifference.Sink<>() {
                    @Override
                    public void differs(@Nullable V leftValue, @Nullable V rightValue) {
                        if (!full()) {
                            both.differ(leftValue, rightValue);
                        }
                    }

                    @Override
                    public boolean full() {
                        return services.size() >= limit || records.size() >= limit;
                    }
                };
        new TrieDifference<>(left.kind(), sink, hasher).find(left, right);
    }

    /** Takes what differs. */
    private interface Both<V> {
        void differ(@Nullable V left, @Nullable V right);
    }
}
