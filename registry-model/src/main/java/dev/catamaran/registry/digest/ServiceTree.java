package dev.catamaran.registry.digest;

import dev.catamaran.registry.records.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Services by namespace, group and name, as a hash tree. Immutable: each change gives a new tree
 * that shares what did not change.
 *
 * @param counts how much there is in all namespaces
 */
record ServiceTree<L extends Leaf>(HashTrie<String, Scope<Scope<L>>> namespaces, Counts counts) {

    private static final HashTrie.Kind<String, Leaf> SERVICES =
            new HashTrie.Kind<>() {
                @Override
                public String key(Leaf service) {
                    return service.key().name();
                }

                @Override
                public byte[] place(String name, Hasher hasher) {
                    return hasher.text(name).finish();
                }

                @Override
                public byte[] digest(Leaf service, Hasher hasher) {
                    return service.records().digest();
                }
            };
    private static final HashTrie.Kind<String, Scope<Leaf>> GROUPS = Scope.kind();
    private static final HashTrie.Kind<String, Scope<Scope<Leaf>>> NAMESPACES = Scope.kind();

    @SuppressWarnings("unchecked") // it asks its values for what all of them have
    static <L extends Leaf> HashTrie.Kind<String, L> services() {
        return (HashTrie.Kind<String, L>) SERVICES;
    }

    @SuppressWarnings("unchecked") // likewise
    static <L extends Leaf> HashTrie.Kind<String, Scope<L>> groups() {
        return (HashTrie.Kind<String, Scope<L>>) (HashTrie.Kind<String, ?>) GROUPS;
    }

    @SuppressWarnings("unchecked") // likewise
    private static <L extends Leaf> HashTrie.Kind<String, Scope<Scope<L>>> namespacesKind() {
        return (HashTrie.Kind<String, Scope<Scope<L>>>) (HashTrie.Kind<String, ?>) NAMESPACES;
    }

    static <L extends Leaf> ServiceTree<L> empty() {
        return new ServiceTree<>(HashTrie.empty(namespacesKind()), Counts.NONE);
    }

    /** A tree of these services; of two with the same key the later counts. */
    static <L extends Leaf> ServiceTree<L> of(Collection<L> services, Hasher hasher) {
        Map<String, Map<String, Map<String, L>>> nodes = new HashMap<>();
        for (L service : services) {
            ServiceKey key = service.key();
            nodes.computeIfAbsent(key.namespace(), name -> new HashMap<>())
                    .computeIfAbsent(key.group(), name -> new HashMap<>())
                    .put(key.name(), service);
        }
        List<Scope<Scope<L>>> namespaces = new ArrayList<>();
        nodes.forEach(
                (name, groups) ->
                        namespaces.add(
                                Scope.of(
                                        name,
                                        HashTrie.of(groups(), scopes(groups, hasher), hasher))));
        return of(HashTrie.of(namespacesKind(), namespaces, hasher));
    }

    private static <L extends Leaf> List<Scope<L>> scopes(
            Map<String, Map<String, L>> groups, Hasher hasher) {
        List<Scope<L>> scopes = new ArrayList<>();
        groups.forEach(
                (name, services) ->
                        scopes.add(
                                Scope.of(
                                        name, HashTrie.of(services(), services.values(), hasher))));
        return scopes;
    }

    private static <L extends Leaf> ServiceTree<L> of(
            HashTrie<String, Scope<Scope<L>>> namespaces) {
        return new ServiceTree<>(namespaces, Scope.sum(namespaces));
    }

    @Nullable L get(ServiceKey key, Hasher hasher) {
        Scope<Scope<L>> namespace = namespaces.get(key.namespace(), hasher);
        Scope<L> group = namespace == null ? null : namespace.members().get(key.group(), hasher);
        return group == null ? null : group.members().get(key.name(), hasher);
    }

    /** The tree with another leaf for a service; itself if that is the same object. */
    ServiceTree<L> change(ServiceKey key, HashTrie.Edit<L> edit, Hasher hasher) {
        ServiceChange<L> change = new ServiceChange<>(key, edit, hasher);
        HashTrie<String, Scope<Scope<L>>> changed = change.in(namespaces);
        return changed.same(namespaces)
                ? this
                : new ServiceTree<>(changed, counts.plus(change.added()));
    }

    /** Whether both are one tree, not only equal ones. */
    boolean same(ServiceTree<L> other) {
        return namespaces.same(other.namespaces);
    }

    void forEach(Consumer<L> consumer) {
        namespaces.forEach(
                namespace ->
                        namespace.members().forEach(group -> group.members().forEach(consumer)));
    }

    /**
     * A tree of the services whose {@link ServiceKey#text()} starts with {@code prefix}. Whole
     * namespaces and groups are taken over as they are, with their digests.
     */
    ServiceTree<L> under(String prefix, Hasher hasher) {
        return of(
                namespaces.select(
                        namespace ->
                                namespace == null
                                        ? null
                                        : namespace.under(
                                                ServiceKey.NAMESPACE_SEPARATOR,
                                                prefix,
                                                (group, rest) -> under(group, rest, hasher),
                                                hasher),
                        hasher));
    }

    private static <L extends Leaf> @Nullable Scope<L> under(
            Scope<L> group, String prefix, Hasher hasher) {
        return group.under(
                ServiceKey.GROUP_SEPARATOR,
                prefix,
                (service, rest) -> service.key().name().startsWith(rest) ? service : null,
                hasher);
    }

    /** Keys of the services that differ from another tree's, in order; no more than asked for. */
    List<ServiceKey> differing(ServiceTree<L> other, int limit) {
        List<ServiceKey> found =
                new TreeDifference<L>(limit).services(namespaces, other.namespaces);
        Collections.sort(found);
        return found;
    }

    /** The records that differ from another tree's, in no particular order. */
    List<RecordPair> differingRecords(ServiceTree<L> other, int limit) {
        return new TreeDifference<L>(limit).records(namespaces, other.namespaces);
    }

    byte[] digest() {
        return namespaces.digest();
    }
}
