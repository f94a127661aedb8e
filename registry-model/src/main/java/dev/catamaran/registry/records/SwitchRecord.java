package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cluster-wide switches (1.x {@code SwitchDomain}): one record per cluster, the same in both
 * worlds. Each version knows other switches; those unknown here are kept as they came.
 *
 * @param set switches that somebody wrote: plain text, or JSON for a {@link SwitchField.Kind#TREE}
 * @param others JSON text of the fields no {@link SwitchField} names, by name
 */
public record SwitchRecord(SortedMap<SwitchField, String> set, SortedMap<String, String> others)
        implements RegistryRecord {

    /** The name of the service under which 1.x keeps them (spec: legacy-raft 2). */
    public static final ServiceKey KEY = ServiceKey.of("", "", SwitchField.NAME.missing());

    /** What a cluster goes by before anybody has set anything. */
    public static final SwitchRecord DEFAULTS = new SwitchRecord(new TreeMap<>(), new TreeMap<>());

    /**
     * @throws IllegalArgumentException if a flag or number is none, or another field has the name
     *     of a known one
     */
    public SwitchRecord {
        set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
        for (Map.Entry<SwitchField, String> entry : set.entrySet()) {
            if (!fits(entry.getKey().kind(), entry.getValue())) {
                throw new IllegalArgumentException(
                        entry.getKey().jsonName() + " cannot be " + entry.getValue());
            }
        }
        for (String name : others.keySet()) {
            if (SwitchField.named(name).isPresent()) {
                throw new IllegalArgumentException(name + " has a field of its own");
            }
        }
    }

    /** Whether a field of that kind can hold the text. */
    public static boolean fits(SwitchField.Kind kind, String text) {
        return switch (kind) {
            case FLAG -> text.equals("true") || text.equals("false");
            case WHOLE -> isWhole(text);
            case NUMBER -> isNumber(text);
            case TEXT, TREE -> true;
        };
    }

    private static boolean isWhole(String text) {
        try {
            return Long.toString(Long.parseLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The switch's text, or what holds when it is missing. */
    public String text(SwitchField field) {
        return set.getOrDefault(requireNonNull(field, "field is null"), field.missing());
    }

    /** The state of a {@link SwitchField.Kind#FLAG}. */
    public boolean flag(SwitchField field) {
        return Boolean.parseBoolean(of(SwitchField.Kind.FLAG, field));
    }

    /** The value of a {@link SwitchField.Kind#WHOLE}. */
    public long whole(SwitchField field) {
        return Long.parseLong(of(SwitchField.Kind.WHOLE, field));
    }

    /** The value of a {@link SwitchField.Kind#NUMBER}. */
    public double number(SwitchField field) {
        return Double.parseDouble(of(SwitchField.Kind.NUMBER, field));
    }

    private String of(SwitchField.Kind kind, SwitchField field) {
        if (field.kind() != kind) {
            throw new IllegalArgumentException(field.jsonName() + " is no " + kind);
        }
        return text(field);
    }

    /** Whether servers go by the same, whether it was written or is the default. */
    public boolean sameAs(SwitchRecord other) {
        return others.equals(other.others)
                && Arrays.stream(SwitchField.values())
                        .allMatch(field -> text(field).equals(other.text(field)));
    }

    @Override
    public ServiceKey service() {
        return KEY;
    }

    /** The same switches but for one. */
    public SwitchRecord with(SwitchField field, String text) {
        SortedMap<SwitchField, String> changed = new TreeMap<>(set);
        changed.put(field, text);
        return new SwitchRecord(changed, others);
    }
}
