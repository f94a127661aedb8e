package dev.catamaran.tool.writers;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * How a rehearsal writes.
 *
 * @param members addresses of all members, {@code ip:port}
 * @param writesPerSecond operations begun per second over all writers, at least 1
 * @param scratch folder for the real client's logs and caches
 */
public record LoadSettings(List<String> members, int writesPerSecond, Path scratch) {
    public LoadSettings {
        members = List.copyOf(members);
        requireNonNull(scratch, "scratch is null");
        if (members.isEmpty() || writesPerSecond < 1) {
            throw new IllegalArgumentException("no members, or fewer than one write per second");
        }
    }
}
