package dev.catamaran.tool.path;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The plan for programs. Names of fields are kept; new ones may come. */
public final class PathJson {

    private PathJson() {}

    /** The plan as one JSON object. */
    public static String of(Situation s) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode json = mapper.createObjectNode();
        json.put("from", s.from().text());
        json.put("to", s.to().text());
        json.put("nodes", s.nodes());
        json.put("storage", lower(s.storage()));
        if (s.records().isPresent()) {
            json.put("records", s.records().getAsLong());
        }
        Optional<Way> advised = PathPlanner.advised(s);
        json.put("advised", advised.map(way -> lower(way.kind())).orElse(null));
        ArrayNode ways = json.putArray("ways");
        for (Way way : PathPlanner.plan(s)) {
            put(ways.addObject(), way);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static void put(ObjectNode json, Way way) {
        json.put("kind", lower(way.kind()));
        json.put("open", way.isOpen());
        json.put("seconds", way.seconds());
        ArrayNode stops = json.putArray("stops");
        for (Way.Stop stop : way.stops()) {
            ObjectNode one = stops.addObject();
            one.put("id", stop.id());
            one.put("what", stop.what());
            one.put("instead", stop.instead());
        }
        strings(json.putArray("risks"), way.risks());
        ArrayNode hops = json.putArray("hops");
        for (Hop hop : way.hops()) {
            ObjectNode one = hops.addObject();
            one.put("title", hop.title());
            one.put("from", hop.from().text());
            one.put("to", hop.to().text());
            one.put("why", hop.why());
            strings(one.putArray("checks"), hop.checks());
            strings(one.putArray("commands"), hop.commands());
            one.put("seconds", hop.seconds());
            one.put("noWayBack", hop.noWayBack());
        }
    }

    private static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
