package dev.catamaran.tool.jraftdisk;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which address becomes which. Injective, so that a store under new names is the same store (spec:
 * jraft-disk 4, R); simultaneous, so that two members may swap their addresses. Addresses that stay
 * are named explicitly, as their own images.
 */
public final class PeerMap {

    private final SortedMap<String, String> images;

    private PeerMap(SortedMap<String, String> images) {
        this.images = Collections.unmodifiableSortedMap(images);
    }

    /**
     * A map of these addresses ({@code host:port}).
     *
     * @throws IllegalArgumentException if two addresses have the same image; ask {@link
     *     #sharedImages} first
     */
    public static PeerMap of(Map<String, String> images) {
        SortedSet<String> shared = sharedImages(images);
        if (!shared.isEmpty()) {
            throw new IllegalArgumentException("images of several addresses: " + shared);
        }
        return new PeerMap(new TreeMap<>(images));
    }

    /** Images that more than one address has. */
    public static SortedSet<String> sharedImages(Map<String, String> images) {
        SortedSet<String> shared = new TreeSet<>();
        SortedSet<String> seen = new TreeSet<>();
        for (String image : images.values()) {
            if (!seen.add(image)) {
                shared.add(image);
            }
        }
        return shared;
    }

    /** Address to its image, sorted; read-only. */
    public SortedMap<String, String> images() {
        return images;
    }

    /** The map that leads back. */
    public PeerMap inverse() {
        SortedMap<String, String> back = new TreeMap<>();
        images.forEach((from, to) -> back.put(to, from));
        return new PeerMap(back);
    }

    /** Those of these members whose address has no image. */
    public SortedSet<Peer> unmapped(Collection<Peer> peers) {
        SortedSet<Peer> unmapped = new TreeSet<>(peers);
        unmapped.removeIf(peer -> images.containsKey(peer.address()));
        return unmapped;
    }

    /**
     * The member's new name.
     *
     * @throws IllegalArgumentException if its address has no image; ask {@link #unmapped} first
     */
    public Peer image(Peer peer) {
        String image = images.get(peer.address());
        if (image == null) {
            throw new IllegalArgumentException("no image of " + peer.address());
        }
        return peer.at(image);
    }

    /** The configuration under the new names. */
    public Configuration image(Configuration configuration) {
        return new Configuration(
                image(configuration.peers()),
                image(configuration.oldPeers()),
                image(configuration.learners()),
                image(configuration.oldLearners()));
    }

    private List<Peer> image(List<Peer> peers) {
        return peers.stream().map(this::image).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerMap map && map.images.equals(images);
    }

    @Override
    public int hashCode() {
        return images.hashCode();
    }

    @Override
    public String toString() {
        return images.toString();
    }
}
