package dev.catamaran.registry.convert;

import dev.catamaran.registry.records.LegacyExtras;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The 1.x fields that 2.x has no place for, and which of their contents matter. */
public final class LegacyFields {

    /**
     * What these fields hold in records that nobody touched: leaving them behind loses nothing. A
     * field with an empty set is bookkeeping of the 1.x server whatever it holds.
     */
    private static final Map<String, Set<String>> WORTHLESS =
            Map.ofEntries(
                    Map.entry("app", Set.of("\"DEFAULT\"", "\"\"")),
                    Map.entry("tenant", Set.of("\"\"")),
                    Map.entry("marked", Set.of("false")),
                    Map.entry("lastBeat", Set.of()),
                    Map.entry("owners", Set.of("[]")),
                    Map.entry("token", Set.of("\"\"")),
                    Map.entry("enabled", Set.of("true")),
                    Map.entry("resetWeight", Set.of("false")),
                    Map.entry("ipDeleteTimeout", Set.of("30000")),
                    Map.entry("appName", Set.of("\"\"")),
                    Map.entry("groupName", Set.of()),
                    Map.entry("lastModifiedMillis", Set.of()),
                    Map.entry("checksum", Set.of()),
                    Map.entry("finalizeCount", Set.of()),
                    Map.entry("defaultPort", Set.of("80")),
                    Map.entry("defaultCheckPort", Set.of("80")),
                    Map.entry("defIPPort", Set.of()),
                    Map.entry("sitegroup", Set.of("\"\"")));

    /** Fields whose values are not shown; a checker of an unknown type may hold a password. */
    private static final Set<String> SECRET = Set.of("token", "healthChecker");

    private LegacyFields() {}

    /** Those that hold more than their defaults and are no bookkeeping of the 1.x server. */
    public static LegacyExtras worth(LegacyExtras extras) {
        SortedMap<String, String> worth = new TreeMap<>();
        extras.fields()
                .forEach(
                        (field, json) -> {
                            Set<String> defaults = WORTHLESS.get(field);
                            if (defaults == null
                                    || !(defaults.isEmpty() || defaults.contains(json))) {
                                worth.put(field, json);
                            }
                        });
        return worth.isEmpty() ? LegacyExtras.NONE : new LegacyExtras(worth);
    }

    /** Whether nobody may see what the field holds. */
    public static boolean isSecret(String field) {
        return SECRET.contains(field);
    }

    /** The field with its value, for people. */
    static String shown(String field, String json) {
        return field + "=" + (isSecret(field) ? "***" : json);
    }
}
