package dev.catamaran.registry.v1;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of the switches, the same in 1.x and 2.x (spec: legacy-raft 2.4 and 8.6, jraft-groups
 * 3.5). Servers ignore what they do not know, so every version reads the output.
 */
public final class SwitchesJson {

    /** Most fields taken; real servers have some 35. */
    static final int MAX_FIELDS = 1_000;

    private SwitchesJson() {}

    /** Reads the value of the switch datum; fields that are null are taken for missing. */
    public static Decoded<SwitchRecord> decode(String json) {
        return Decoded.of(() -> read(json));
    }

    private static SwitchRecord read(String json) {
        ObjectNode switches = Json.object(Json.readTyped(json, "value"), "value");
        FastjsonReferences.resolve(switches);
        if (switches.size() > MAX_FIELDS) {
            throw new DecodeException("has more than " + MAX_FIELDS + " fields", "value");
        }
        SortedMap<SwitchField, String> set = new TreeMap<>();
        SortedMap<String, String> others = new TreeMap<>();
        for (Map.Entry<String, JsonNode> named : switches.properties()) {
            String name = named.getKey();
            if (named.getValue().isNull()) {
                continue;
            }
            SwitchField.named(name)
                    .ifPresentOrElse(
                            field -> set.put(field, known(switches, field)),
                            () -> others.put(name, Json.sorted(named.getValue()).toString()));
        }
        return new SwitchRecord(set, others);
    }

    private static String known(ObjectNode switches, SwitchField field) {
        String name = field.jsonName();
        return switch (field.kind()) {
            case FLAG ->
                    Boolean.toString(
                            Json.flag(switches, name, Boolean.parseBoolean(field.missing())));
            case WHOLE ->
                    Long.toString(Json.whole(switches, name, Long.parseLong(field.missing())));
            case NUMBER ->
                    Double.toString(
                            Json.number(switches, name, Double.parseDouble(field.missing())));
            case TEXT -> Json.text(switches, name, field.missing());
            case TREE -> tree(switches.get(name), field);
        };
    }

    /** With sorted names, as fastjson and Jackson order them otherwise; a default is one text. */
    private static String tree(JsonNode node, SwitchField field) {
        if (!node.isContainer()) {
            throw new DecodeException("is neither an object nor a list", field.jsonName());
        }
        return node.equals(Json.parseOwn(field.missing()))
                ? field.missing()
                : Json.sorted(node).toString();
    }

    /** The switches that are set, in the order of 1.4, and the name, which servers look at. */
    public static String encode(SwitchRecord record) {
        ObjectNode json = Json.newObject();
        for (SwitchField field : SwitchField.values()) {
            String text = record.set().get(field);
            if (text == null && field != SwitchField.NAME) {
                continue;
            }
            String name = field.jsonName();
            switch (field.kind()) {
                case FLAG -> json.put(name, record.flag(field));
                case WHOLE -> json.put(name, record.whole(field));
                case NUMBER -> json.put(name, record.number(field));
                case TEXT -> json.put(name, record.text(field));
                case TREE -> json.set(name, Json.parseOwn(record.text(field)));
            }
        }
        record.others().forEach((name, value) -> json.set(name, Json.parseOwn(value)));
        return json.toString();
    }
}
