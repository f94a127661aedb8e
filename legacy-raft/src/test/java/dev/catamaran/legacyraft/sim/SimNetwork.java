package dev.catamaran.legacyraft.sim;

import java.util.Collection;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Links between members, each in one direction, so that a partition may be asymmetric. Messages are
 * delayed each by itself, which reorders them; some are lost, some come twice.
 */
public final class SimNetwork {

    private static final int MAX_SLOW_MS = 3_000;
    private static final int MAX_FAST_MS = 30;

    private record Link(String from, String to) {}

    private final Random random;
    private final Set<Link> blocked = new HashSet<>();
    private double loss;

    SimNetwork(Random random) {
        this.random = random;
    }

    /** Nothing gets from one to the other any more; the way back is another link. */
    public void block(String from, String to) {
        blocked.add(new Link(from, to));
    }

    /** A member neither hears nor is heard. */
    public void isolate(String member, Collection<String> all) {
        for (String other : all) {
            if (!other.equals(member)) {
                block(member, other);
                block(other, member);
            }
        }
    }

    /** Share of messages that are lost on every link. */
    public void lose(double share) {
        loss = share;
    }

    /** All links work and lose nothing. */
    public void heal() {
        blocked.clear();
        loss = 0;
    }

    boolean carries(String from, String to) {
        return !blocked.contains(new Link(from, to)) && random.nextDouble() >= loss;
    }

    int copies() {
        return random.nextInt(20) == 0 ? 2 : 1;
    }

    int delayMs() {
        return random.nextInt(10) == 0
                ? random.nextInt(MAX_SLOW_MS)
                : 1 + random.nextInt(MAX_FAST_MS);
    }
}
