package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.live.Credentials;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a live server is read and written.
 *
 * @param credentials its login
 * @param namespaces namespaces to read even if the server does not list them
 * @param parallel most calls at once
 */
public record Access(Credentials credentials, Set<String> namespaces, int parallel) {
    public Access {
        requireNonNull(credentials, "credentials is null");
        namespaces = Set.copyOf(namespaces);
    }

    /** The same, reading these namespaces too. */
    public Access alsoReading(Set<String> more) {
        Set<String> all = new TreeSet<>(namespaces);
        all.addAll(more);
        return new Access(credentials, all, parallel);
    }
}
