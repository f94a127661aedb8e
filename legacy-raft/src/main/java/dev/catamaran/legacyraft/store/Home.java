package dev.catamaran.legacyraft.store;

import java.nio.file.Path;

/**
 * Where things lie in a home (spec: legacy-raft 5.1).
 *
 * @param root the home directory
 */
record Home(Path root) {

    Path naming() {
        return root.resolve("data").resolve("naming");
    }

    Path datums() {
        return naming().resolve("data");
    }

    Path meta() {
        return naming().resolve("meta.properties");
    }

    private Path own() {
        return root.resolve("data").resolve("catamaran");
    }

    /** What we keep beside the datums. */
    Path legacy() {
        return own().resolve("legacy");
    }

    /** Written when the home was first opened for writing, after its backup. */
    Path opened() {
        return legacy().resolve("opened.json");
    }

    Path pledge() {
        return legacy().resolve("pledge.json");
    }

    Path version() {
        return legacy().resolve("version.json");
    }

    Path tombstones() {
        return legacy().resolve("tombstones.log");
    }

    Path unfinished() {
        return legacy().resolve("unfinished");
    }

    Path backup() {
        return own().resolve("backup");
    }

    Path quarantine() {
        return own().resolve("quarantine");
    }

    Path archive() {
        return own().resolve("archive");
    }
}
