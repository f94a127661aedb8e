package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

/**
 * What a server is.
 *
 * @param generation which interfaces it has
 * @param version what it says; empty if it does not say
 */
public record ServerKind(Generation generation, String version) {

    public ServerKind {
        requireNonNull(generation, "generation is null");
        requireNonNull(version, "version is null");
    }

    /**
     * Whether it shows only clusters that have instances: what is configured for others is kept but
     * cannot be read back.
     */
    public boolean hidesEmptyClusters() {
        return generation == Generation.V2X || generation == Generation.V3X;
    }

    /** Whether what operators set for an instance is kept apart from what its client registered. */
    public boolean keepsOverrides() {
        return generation == Generation.V2X || generation == Generation.V3X;
    }

    @Override
    public String toString() {
        String name =
                switch (generation) {
                    case V1X -> "Nacos 1.x";
                    case V2X -> "Nacos 2.x";
                    case V3X -> "Nacos 3.x";
                    case CATAMARAN -> "Catamaran";
                };
        return version.isEmpty() ? name : name + " (" + version + ")";
    }
}
