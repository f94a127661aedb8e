package dev.catamaran.registry.digest;

/**
 * How much there is below a node.
 *
 * @param records services, clusters, instances and overrides together
 */
record Counts(int services, int instances, int records) {

    static final Counts NONE = new Counts(0, 0, 0);

    /** Something that holds records. */
    interface Counted {
        Counts counts();
    }

    Counts plus(Counts more) {
        return new Counts(
                services + more.services, instances + more.instances, records + more.records);
    }

    Counts minus(Counts less) {
        return new Counts(
                services - less.services, instances - less.instances, records - less.records);
    }
}
