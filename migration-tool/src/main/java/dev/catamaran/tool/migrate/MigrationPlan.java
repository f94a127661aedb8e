package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ServiceKey;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What makes a target hold what a source holds.
 *
 * @param wanted the source, as far as the target can show it
 * @param present the target
 * @param work what to write, by service; no service without work
 * @param kept number of records that only the target has and that stay
 * @param because why they stay; empty if there are none
 * @param unseen number of configured clusters that the target will take but not show
 * @param lost what the target has no place for, in words
 */
public record MigrationPlan(
        RegistryTable wanted,
        RegistryTable present,
        SortedMap<ServiceKey, ServiceWork> work,
        int kept,
        String because,
        int unseen,
        List<String> lost) {

    public MigrationPlan {
        requireNonNull(wanted, "wanted is null");
        requireNonNull(present, "present is null");
        work = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(work));
        requireNonNull(because, "because is null");
        lost = List.copyOf(lost);
    }

    /** The namespaces that the wanted records lie in. */
    public Set<String> namespaces() {
        return wanted.entries().keySet().stream()
                .map(ServiceKey::namespace)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Number of single writes. */
    public int writes() {
        return work.values().stream().mapToInt(ServiceWork::size).sum();
    }

    /** Number of those writes that remove an instance or a service. */
    public int removals() {
        return work.values().stream().mapToInt(ServiceWork::removals).sum();
    }
}
