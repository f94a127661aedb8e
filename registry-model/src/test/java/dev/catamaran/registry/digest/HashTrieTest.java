package dev.catamaran.registry.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The trie over places that are forced to collide, as no SHA-256 will be by chance. */
class HashTrieTest {

    /** A value is a text; what stands before its equals sign is its key. */
    private record Colliding(int sharedBytes) implements HashTrie.Kind<String, String> {

        @Override
        public String key(String value) {
            return value.substring(0, value.indexOf('='));
        }

        /** The hash of the key, its first bytes taken away. */
        @Override
        public byte[] place(String key, Hasher hasher) {
            byte[] place = hasher.text(key).finish().clone();
            Arrays.fill(place, 0, sharedBytes, (byte) 0x5a);
            return place;
        }

        @Override
        public byte[] digest(String value, Hasher hasher) {
            return hasher.text(value).finish();
        }
    }

    private final Hasher hasher = new Hasher();

    @Property(tries = 1_000)
    void isTheMapThatItsHistoryMakesHoweverManyLevelsCollide(@ForAll long seed) {
        Random random = new Random(seed);
        Colliding kind = new Colliding(random.nextInt(Hasher.HASH_BYTES - 1));
        HashTrie<String, String> trie = HashTrie.empty(kind);
        Map<String, String> model = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            String key = "k" + random.nextInt(8);
            if (random.nextInt(3) == 0) {
                trie = trie.without(key, hasher);
                model.remove(key);
            } else {
                String value = key + "=" + random.nextInt(3);
                trie = trie.with(value, hasher);
                model.put(key, value);
            }
        }
        List<String> shuffled = new ArrayList<>(model.values());
        Collections.shuffle(shuffled, random);
        List<String> held = new ArrayList<>();
        trie.forEach(held::add);

        assertThat(held).containsExactlyInAnyOrderElementsOf(model.values());
        for (int i = 0; i < 8; i++) {
            assertThat(trie.get("k" + i, hasher)).isEqualTo(model.get("k" + i));
        }
        assertThat(trie.digest()).isEqualTo(HashTrie.of(kind, shuffled, hasher).digest());
        assertThat(trie.isEmpty()).isEqualTo(model.isEmpty());
    }

    @Property(tries = 1_000)
    void findsEveryDifferenceHoweverManyLevelsCollide(@ForAll long seed) {
        Random random = new Random(seed);
        Colliding kind = new Colliding(random.nextInt(Hasher.HASH_BYTES - 1));
        List<String> left = some(random);
        List<String> right = some(random);
        TreeSet<String> expected = new TreeSet<>();
        left.stream().filter(value -> !right.contains(value)).map(kind::key).forEach(expected::add);
        right.stream().filter(value -> !left.contains(value)).map(kind::key).forEach(expected::add);
        List<String> found = new ArrayList<>();
        TrieDifference.Sink<String> sink =
                new TrieDifference.Sink<>() {
                    @Override
                    public void differs(@Nullable String one, @Nullable String other) {
                        found.add(kind.key(one != null ? one : String.valueOf(other)));
                    }

                    @Override
                    public boolean full() {
                        return false;
                    }
                };
        new TrieDifference<>(kind, sink, hasher)
                .find(HashTrie.of(kind, left, hasher), HashTrie.of(kind, right, hasher));

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> some(Random random) {
        Map<String, String> some = new TreeMap<>();
        for (int i = random.nextInt(10); i > 0; i--) {
            String key = "k" + random.nextInt(8);
            some.put(key, key + "=" + random.nextInt(2));
        }
        return List.copyOf(some.values());
    }

    /** Only somebody who can make SHA-256 collide can come here; nothing is mixed up even then. */
    @Test
    void twoKeysOfOneWholeHashAreAnErrorAndNoSilentLoss() {
        Colliding kind = new Colliding(Hasher.HASH_BYTES);
        HashTrie<String, String> one = HashTrie.<String, String>empty(kind).with("a=1", hasher);

        assertThatThrownBy(() -> one.with("b=1", hasher)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> HashTrie.of(kind, List.of("a=1", "b=1"), hasher))
                .isInstanceOf(AssertionError.class);
        assertThat(one.get("b", hasher)).isNull();
        assertThat(one.without("b", hasher).get("a", hasher)).isEqualTo("a=1");
    }

    @Test
    void aBranchNeverHashesLikeARecord() {
        HashTrie<String, String> two = HashTrie.of(new Colliding(0), List.of("a=1", "b=1"), hasher);
        HashTrie.Branch root = (HashTrie.Branch) two.root();

        assertThat(root).isNotNull();
        assertThat(root.form()[0]).isEqualTo(Canonical.BRANCH);
        assertThat(new String(root.form(), StandardCharsets.ISO_8859_1)).doesNotStartWith("\1");
    }
}
