package dev.catamaran.tool.rehearse;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import java.nio.file.Path;

/**
 * What a rehearsal is run with.
 *
 * @param base records that the members' homes hold before the start
 * @param writesPerSecond operations begun per second
 * @param dwellMs how long writers work undisturbed before each kill, so that every phase is used
 * @param scratch folder for the clients' own files
 */
public record RehearsalSettings(
        RegistryTable base, int writesPerSecond, long dwellMs, Path scratch) {
    public RehearsalSettings {
        requireNonNull(base, "base is null");
        requireNonNull(scratch, "scratch is null");
    }
}
