package dev.catamaran.tool.job;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows of the journal as records and back. */
final class JobRows {

    private final JsonMapper json = JsonMapper.builder().build();
    private final Worker here;

    JobRows(Worker here) {
        this.here = requireNonNull(here, "here is null");
    }

    Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("verb"),
                row.getString("who"),
                row.getString("host"),
                map(row.getString("arguments")),
                row.getString("plan"),
                JobState.valueOf(row.getString("state")),
                new Job.Digests(
                        row.getString("source_digest"),
                        row.getString("before_digest"),
                        row.getString("after_digest")),
                new Job.Times(
                        row.getLong("created_ms"),
                        row.getLong("started_ms"),
                        row.getLong("ended_ms")),
                row.getString("outcome"),
                new Job.Holder(
                        row.getString("worker"),
                        row.getLong("fence"),
                        row.getLong("lease_until_ms"),
                        row.getBoolean("live") && !here.knowsDead(row.getString("worker"))));
    }

    Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getInt("number"),
                row.getString("subject"),
                Step.State.valueOf(row.getString("state")),
                row.getString("digest"),
                row.getString("detail"),
                row.getLong("ended_ms"));
    }

    String text(SortedMap<String, String> map) {
        ObjectNode node = json.createObjectNode();
        map.forEach(node::put);
        return node.toString();
    }

    private SortedMap<String, String> map(String text) {
        SortedMap<String, String> map = new TreeMap<>();
        json.readTree(text)
                .properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asString()));
        return map;
    }
}
