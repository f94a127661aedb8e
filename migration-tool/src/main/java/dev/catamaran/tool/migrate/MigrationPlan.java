package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.live.ServerKind;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes a target hold what a source holds.
 *
 * @param wanted the source, as far as the target can show it
 * @param present the target
 * @param work what to write, by service; no service without work
 * @param kept number of records that only the target has and that stay
 * @param because why they stay; empty if there are none
 * @param unseen number of configured clusters that the target will take but not show
 * @param leftBehind records of the source that the target cannot hold, in words; no part of what is
 *     wanted
 * @param lost fields that the target has no place for, in words
 */
public record MigrationPlan(
        RegistryTable wanted,
        RegistryTable present,
        SortedMap<ServiceKey, ServiceWork> work,
        int kept,
        String because,
        int unseen,
        List<String> leftBehind,
        List<String> lost) {

    /** More names than these are no help in a message. */
    private static final int MAX_NAMED = 100;

    public MigrationPlan {
        requireNonNull(wanted, "wanted is null");
        requireNonNull(present, "present is null");
        work = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(work));
        requireNonNull(because, "because is null");
        leftBehind = List.copyOf(leftBehind);
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

    /** Everything that does not come along, in words. */
    public List<String> notCarried() {
        return Stream.concat(leftBehind.stream(), lost.stream()).toList();
    }

    /** Why nothing is written to a target that cannot hold some of the records, and what to do. */
    String cannotBeHeld(ServerKind target) {
        int named = Math.min(leftBehind.size(), MAX_NAMED);
        int more = leftBehind.size() - named;
        return "what follows cannot be held by "
                + target
                + ":\n  "
                + String.join("\n  ", leftBehind.subList(0, named))
                + (more > 0 ? "\n  and " + more + " more" : "")
                + "\nMend it at the source, or give --leave-behind to carry the rest and list this";
    }
}
