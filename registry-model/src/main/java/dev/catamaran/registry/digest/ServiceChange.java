package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.Counts.Counted;
import dev.catamaran.registry.records.ServiceKey;
import org.jspecify.annotations.Nullable;

/** One change of one service on its way through namespace and group. */
final class ServiceChange<L extends Leaf> {

    private final ServiceKey key;
    private final HashTrie.Edit<L> edit;
    private final Hasher hasher;

    /** What the change has added. */
    private Counts added = Counts.NONE;

    ServiceChange(ServiceKey key, HashTrie.Edit<L> edit, Hasher hasher) {
        this.key = key;
        this.edit = edit;
        this.hasher = hasher;
    }

    Counts added() {
        return added;
    }

    HashTrie<String, Scope<Scope<L>>> in(HashTrie<String, Scope<Scope<L>>> namespaces) {
        return namespaces.change(key.namespace(), this::namespace, hasher);
    }

    private @Nullable Scope<Scope<L>> namespace(@Nullable Scope<Scope<L>> known) {
        HashTrie<String, Scope<L>> before =
                known == null ? HashTrie.empty(ServiceTree.groups()) : known.members();
        return scope(
                known, key.namespace(), before, before.change(key.group(), this::group, hasher));
    }

    private @Nullable Scope<L> group(@Nullable Scope<L> known) {
        HashTrie<String, L> before =
                known == null ? HashTrie.empty(ServiceTree.services()) : known.members();
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
    private @Nullable L service(@Nullable L known) {
        L changed = edit.of(known);
        if (changed != known) {
            added = counts(changed).minus(counts(known));
        }
        return changed;
    }

    private static Counts counts(@Nullable Leaf node) {
        return node == null ? Counts.NONE : node.counts();
    }
}
