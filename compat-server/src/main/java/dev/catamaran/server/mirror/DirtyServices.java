package dev.catamaran.server.mirror;

import dev.catamaran.registry.records.ServiceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Services that changed in the source and are not yet known to be equal in the target, each with
 * the time since when. Bounded by the number of services: changes of one service coalesce.
 */
final class DirtyServices {

    private final Map<ServiceKey, Long> sinceNanos = new LinkedHashMap<>();

    synchronized void add(ServiceKey key, long nowNanos) {
        sinceNanos.putIfAbsent(key, nowNanos);
    }

    /** Takes up to {@code most} services, oldest first. */
    synchronized Map<ServiceKey, Long> take(int most) {
        Map<ServiceKey, Long> taken = new LinkedHashMap<>();
        for (Map.Entry<ServiceKey, Long> entry : sinceNanos.entrySet()) {
            if (taken.size() == most) {
                break;
            }
            taken.put(entry.getKey(), entry.getValue());
        }
        sinceNanos.keySet().removeAll(taken.keySet());
        return taken;
    }

    /**
     * Puts back what could not be copied, with its age; a newer change does not make it younger.
     */
    synchronized void putBack(ServiceKey key, long changedAtNanos) {
        sinceNanos.merge(key, changedAtNanos, (a, b) -> a - b < 0 ? a : b);
    }

    synchronized void clear() {
        sinceNanos.clear();
    }

    synchronized int size() {
        return sinceNanos.size();
    }

    synchronized Set<ServiceKey> keys() {
        return new LinkedHashSet<>(sinceNanos.keySet());
    }

    /** Age of the oldest in milliseconds; 0 when there is none. */
    synchronized long oldestMs(long nowNanos) {
        long oldest = 0;
        for (long since : sinceNanos.values()) {
            oldest = Math.max(oldest, nowNanos - since);
        }
        return oldest / 1_000_000;
    }
}
