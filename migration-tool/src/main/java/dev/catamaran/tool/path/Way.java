package dev.catamaran.tool.path;

import java.util.List;

/**
 * One way to the wanted version.
 *
 * @param kind how it goes
 * @param hops its steps in order; empty when it is closed
 * @param stops why it is closed; empty when it is open
 * @param risks what it risks even when all goes well
 */
public record Way(Kind kind, List<Hop> hops, List<Stop> stops, List<String> risks) {

    /** How a way goes. */
    public enum Kind {
        /** Each server is replaced in turn, on its home. */
        ROLLING,
        /** A new cluster is filled, clients move, the old one is stopped. */
        PARALLEL,
        /** Each server is replaced by the wanted version at once; what people try first. */
        DIRECT
    }

    /**
     * Something that a way must not do.
     *
     * @param id stable name
     * @param what what would happen
     * @param instead what to do
     */
    public record Stop(String id, String what, String instead) {}

    public Way {
        hops = List.copyOf(hops);
        stops = List.copyOf(stops);
        risks = List.copyOf(risks);
    }

    public boolean isOpen() {
        return stops.isEmpty();
    }

    public long seconds() {
        return hops.stream().mapToLong(Hop::seconds).sum();
    }
}
