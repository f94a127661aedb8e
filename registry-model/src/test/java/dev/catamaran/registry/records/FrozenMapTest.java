package dev.catamaran.registry.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrozenMapTest {

    @Property(tries = 1_000)
    @SuppressWarnings("ReferenceEquality") // what is the same must stay the same object
    void isTheTreeMapThatItsHistoryMakes(@ForAll long seed) {
        Random random = new Random(seed);
        FrozenMap<String, Integer> map = FrozenMap.empty();
        TreeMap<String, Integer> model = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            String key = key(random);
            FrozenMap<String, Integer> before = map;
            TreeMap<String, Integer> old = new TreeMap<>(model);
            if (random.nextInt(3) == 0) {
                map = map.without(key);
                model.remove(key);
            } else {
                int value = random.nextInt(3);
                map = map.with(key, value);
                model.put(key, value);
            }
            assertThat(before).isEqualTo(old);
            assertThat(map == before).isEqualTo(model.equals(old));
        }
        check(map, model, random);
        check(FrozenMap.copyOf(model), model, random);
        check(FrozenMap.copyOf(Map.copyOf(model)), model, random);
        TreeMap<String, Integer> backwards = new TreeMap<>(Comparator.reverseOrder());
        backwards.putAll(model);
        check(FrozenMap.copyOf(backwards), model, random);
    }

    private static void check(
            FrozenMap<String, Integer> map, SortedMap<String, Integer> model, Random random) {
        assertThat(map.equals(model)).isTrue();
        assertThat(model.equals(map)).isTrue();
        assertThat(map.hashCode()).isEqualTo(model.hashCode());
        assertThat(map.toString()).isEqualTo(model.toString());
        assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(model.entrySet()));
        assertThat(map.size()).isEqualTo(model.size());
        List<String> visited = new ArrayList<>();
        map.forEach((key, value) -> visited.add(key + value));
        assertThat(visited)
                .isEqualTo(model.entrySet().stream().map(e -> e.getKey() + e.getValue()).toList());
        for (int i = 0; i < 6; i++) {
            String one = key(random);
            String other = key(random);
            String from = one.compareTo(other) < 0 ? one : other;
            String to = from.equals(one) ? other : one;
            assertThat(map.get(one)).isEqualTo(model.get(one));
            assertThat(map.containsKey(one)).isEqualTo(model.containsKey(one));
            assertThat(map.headMap(one)).isEqualTo(model.headMap(one));
            assertThat(map.tailMap(one)).isEqualTo(model.tailMap(one));
            assertThat(map.subMap(from, to)).isEqualTo(model.subMap(from, to));
        }
        if (!model.isEmpty()) {
            assertThat(map.firstKey()).isEqualTo(model.firstKey());
            assertThat(map.lastKey()).isEqualTo(model.lastKey());
        }
    }

    @Property(tries = 1_000)
    @SuppressWarnings("ReferenceEquality") // what is the same must stay the same object
    void sharesWhatIsEqualAndNamesWhatIsNot(@ForAll long seed) {
        Random random = new Random(seed);
        FrozenMap<String, String> before = FrozenMap.copyOf(some(random));
        FrozenMap<String, String> now = FrozenMap.copyOf(some(random));
        FrozenMap<String, String> shared = now.sharing(before);
        TreeMap<String, String> named = new TreeMap<>();
        shared.eachChange(before, (old, next) -> named.put(key(old, next), old + ">" + next));
        TreeMap<String, String> expected = new TreeMap<>();
        before.forEach((key, old) -> expected.put(key, old + ">" + now.get(key)));
        now.forEach((key, next) -> expected.put(key, before.get(key) + ">" + next));
        before.forEach(
                (key, old) -> {
                    if (old.equals(now.get(key))) {
                        expected.remove(key);
                    }
                });

        assertThat(shared).isEqualTo(now);
        assertThat(shared == before).isEqualTo(now.equals(before));
        assertThat(named).isEqualTo(expected);
    }

    private static String key(@Nullable String old, @Nullable String next) {
        String either = old == null ? String.valueOf(next) : old;
        return either.substring(0, either.indexOf('='));
    }

    /** Values begin with their keys, and no two are the same object. */
    private static Map<String, String> some(Random random) {
        Map<String, String> some = new TreeMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            String key = key(random);
            some.put(key, key + "=" + random.nextInt(2));
        }
        return some;
    }

    private static String key(Random random) {
        return List.of("", "a", "b", "ab", "\0", "\ud800", "\uffff", "z").get(random.nextInt(8));
    }

    @Test
    void refusesNullAndChange() {
        FrozenMap<String, Integer> map = FrozenMap.<String, Integer>empty().with("a", 1);

        assertThatThrownBy(() -> map.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.subMap("b", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrozenMap.<String, Integer>empty().firstKey())
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().remove())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
