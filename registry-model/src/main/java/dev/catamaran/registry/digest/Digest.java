package dev.catamaran.registry.digest;

import static java.util.Objects.requireNonNull;

/**
 * A digest of a set of records, compared by value.
 *
 * @param hex lower-case hexadecimal text, at least 32 digits
 */
public record Digest(String hex) {
    public Digest {
        requireNonNull(hex, "hex is null");
    }

    @Override
    public String toString() {
        return hex;
    }
}
