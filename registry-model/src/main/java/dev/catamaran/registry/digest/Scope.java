package dev.catamaran.registry.digest;

import dev.catamaran.registry.digest.Counts.Counted;
import org.jspecify.annotations.Nullable;

/**
 * A namespace with its groups, or a group with its services; at least one of them. It has their
 * digest: every record says whose it is, so the names need not be hashed once more.
 */
record Scope<V extends Counted>(String name, HashTrie<String, V> members, Counts counts)
        implements Counted {

    /** Scopes as members of something larger. */
    static <V extends Counted> HashTrie.Kind<String, Scope<V>> kind() {
        return new HashTrie.Kind<>() {
            @Override
            public String key(Scope<V> scope) {
                return scope.name;
            }

            @Override
            public byte[] place(String name, Hasher hasher) {
                return hasher.text(name).finish();
            }

            @Override
            public byte[] digest(Scope<V> scope, Hasher hasher) {
                return scope.members.digest();
            }
        };
    }

    /** The scope of these members, at least one. */
    static <V extends Counted> Scope<V> of(String name, HashTrie<String, V> members) {
        return new Scope<>(name, members, sum(members));
    }

    /**
     * What of this scope lies under a prefix of the texts of its services.
     *
     * @param separator what stands after the scope's name in these texts
     * @param prefix the prefix from this scope's name on
     * @param inMember what of a member lies under the rest of the prefix
     */
    @Nullable Scope<V> under(String separator, String prefix, Below<V> inMember, Hasher hasher) {
        String start = name + separator;
        if (start.startsWith(prefix)) {
            return this;
        }
        if (!prefix.startsWith(start)) {
            return null;
        }
        String rest = prefix.substring(start.length());
        HashTrie<String, V> some =
                members.select(
                        member -> member == null ? null : inMember.under(member, rest), hasher);
        return some.isEmpty() ? null : of(name, some);
    }

    /** What of a member lies under a prefix. */
    interface Below<V> {
        @Nullable V under(V member, String prefix);
    }

    static <V extends Counted> Counts sum(HashTrie<String, V> members) {
        Counts[] sum = {Counts.NONE};
        members.forEach(member -> sum[0] = sum[0].plus(member.counts()));
        return sum[0];
    }
}
