package dev.catamaran.tool.rebuild;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which address a server on its own has now, as far as its machine tells. */
public sealed interface PresentAddress {

    /** The stored address is one of this machine: nothing has to be changed. */
    record Unchanged() implements PresentAddress {}

    /** There is one candidate. */
    record Proposed(Member member) implements PresentAddress {}

    /** There is none, or there are several: the operator must say which. */
    record Unclear(SortedSet<String> candidates) implements PresentAddress {
        public Unclear {
            candidates = new TreeSet<>(candidates);
        }
    }

    /**
     * Proposes.
     *
     * @param stored the member the home names
     * @param addresses addresses of this machine's interfaces, without loopback and link-local; a
     *     loopback address is one every machine has
     * @param name host name of this machine
     */
    static PresentAddress of(Member stored, Collection<String> addresses, Optional<String> name) {
        boolean byName = stored.host().matches(".*[A-Za-z].*") && !stored.isIpv6();
        SortedSet<String> candidates =
                new TreeSet<>(
                        byName
                                ? name.map(java.util.List::of).orElseGet(java.util.List::of)
                                : addresses);
        if (candidates.contains(stored.host())
                || addresses.contains(stored.host())
                || loopback(stored.host())) {
            return new Unchanged();
        }
        return candidates.size() == 1
                ? Member.parse(candidates.first() + ":" + stored.port())
                        .<PresentAddress>map(Proposed::new)
                        .orElseGet(() -> new Unclear(candidates))
                : new Unclear(candidates);
    }

    private static boolean loopback(String host) {
        return host.matches("127(\\.\\d{1,3}){3}|\\[::1\\]|localhost");
    }
}
