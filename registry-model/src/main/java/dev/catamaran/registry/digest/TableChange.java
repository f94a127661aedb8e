package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.Counts.Counted;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One change of one service on its way through namespace and group. */
final class TableChange {

    private final ServiceKey key;
    private final UnaryOperator<Optional<ServiceEntry>> edit;
    private final Hasher hasher;

    /** What the change has added. */
    private Counts added = Counts.NONE;

    TableChange(ServiceKey key, UnaryOperator<Optional<ServiceEntry>> edit, Hasher hasher) {
        this.key = key;
        this.edit = edit;
        this.hasher = hasher;
    }

    Counts added() {
        return added;
    }

    HashTrie<String, Scope<Scope<ServiceNode>>> in(
            HashTrie<String, Scope<Scope<ServiceNode>>> namespaces) {
        return namespaces.change(key.namespace(), this::namespace, hasher);
    }

    private @Nullable Scope<Scope<ServiceNode>> namespace(
            @Nullable Scope<Scope<ServiceNode>> known) {
        HashTrie<String, Scope<ServiceNode>> before =
                known == null ? HashTrie.empty(ServiceNode.GROUPS) : known.members();
        return scope(
                known, key.namespace(), before, before.change(key.group(), this::group, hasher));
    }

    private @Nullable Scope<ServiceNode> group(@Nullable Scope<ServiceNode> known) {
        HashTrie<String, ServiceNode> before =
                known == null ? HashTrie.empty(ServiceNode.SERVICES) : known.members();
        return scope(known, key.group(), before, before.change(key.name(), this::service, hasher));
    }

    private <V extends Counted> @Nullable Scope<V> scope(
            @Nullable Scope<V> known,
            String name,
            HashTrie<String, V> before,
            HashTrie<String, V> after) {
        if (before.same(after)) {
            return known;
        }
        Counts counts = known == null ? Counts.NONE : known.counts();
        return after.isEmpty() ? null : new Scope<>(name, after, counts.plus(added));
    }

    @SuppressWarnings("ReferenceEquality") // an edit that changes nothing gives the same object
    private @Nullable ServiceNode service(@Nullable ServiceNode known) {
        ServiceEntry before = known == null ? null : known.entry();
        ServiceEntry after = edit.apply(Optional.ofNullable(before)).orElse(null);
        if (after == before) {
            return known;
        }
        ServiceNode changed = after == null ? null : ServiceNode.of(after, known, hasher);
        added = counts(changed).minus(counts(known));
        return changed;
    }

    private static Counts counts(@Nullable ServiceNode node) {
        return node == null ? Counts.NONE : node.counts();
    }
}
