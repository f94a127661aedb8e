package dev.catamaran.it.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a cluster is to be made of. A value; {@link #prepare} makes the cluster.
 *
 * @param kinds the server on each seat
 * @param addresses address of each seat; empty to take free ports of 127.0.0.1
 * @param homes existing home of each seat, used in place and never removed; empty for new ones
 * @param alsoListed addresses that stand in the member list although nobody sits there
 * @param isStandalone whether the servers know of no members; one seat only
 */
public record ClusterPlan(
        List<ServerKind> kinds,
        List<String> addresses,
        List<Path> homes,
        List<String> alsoListed,
        boolean isStandalone) {

    public ClusterPlan {
        kinds = List.copyOf(kinds);
        addresses = List.copyOf(addresses);
        homes = List.copyOf(homes);
        alsoListed = List.copyOf(alsoListed);
        if (kinds.isEmpty()
                || !fits(addresses, kinds)
                || !fits(homes, kinds)
                || (isStandalone && kinds.size() > 1)) {
            throw new IllegalArgumentException(
                    kinds.size()
                            + " seats, but "
                            + addresses.size()
                            + " addresses, "
                            + homes.size()
                            + " homes"
                            + (isStandalone ? ", standalone" : ""));
        }
    }

    private static boolean fits(List<?> given, List<?> seats) {
        return given.isEmpty() || given.size() == seats.size();
    }

    /** All seats with the same kind of server. */
    public static ClusterPlan of(ServerKind kind, int count) {
        return new ClusterPlan(
                Collections.nCopies(count, requireNonNull(kind, "kind is null")),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /** One seat for each of these kinds. */
    public static ClusterPlan of(List<? extends ServerKind> kinds) {
        return new ClusterPlan(List.copyOf(kinds), List.of(), List.of(), List.of(), false);
    }

    /** The same at these addresses ({@code ip:port}). */
    public ClusterPlan at(List<String> newAddresses) {
        return new ClusterPlan(kinds, newAddresses, homes, alsoListed, isStandalone);
    }

    /** The same on these homes, in place. */
    public ClusterPlan onHomes(List<Path> newHomes) {
        return new ClusterPlan(kinds, addresses, newHomes, alsoListed, isStandalone);
    }

    /** The same with one more, absent, member in the list. */
    public ClusterPlan alsoListing(String address) {
        List<String> more = new ArrayList<>(alsoListed);
        more.add(address);
        return new ClusterPlan(kinds, addresses, homes, more, isStandalone);
    }

    /** The same without a member list. */
    public ClusterPlan standalone() {
        return new ClusterPlan(kinds, addresses, homes, alsoListed, true);
    }

    /**
     * Makes the homes and chooses the ports; nothing is started.
     *
     * @throws ReleaseUnavailable if a server cannot be had on this machine
     * @throws IOException if the homes cannot be made
     */
    public ServerCluster prepare() throws IOException {
        return ServerCluster.prepare(this);
    }
}
