package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.LiveNode.Foretold;
import dev.catamaran.tool.explain.LiveNode.Group;
import dev.catamaran.tool.explain.LiveNode.Moved;
import dev.catamaran.tool.explain.LiveNode.Spoken;
import dev.catamaran.tool.explain.LiveNode.SpokenReason;
import dev.catamaran.tool.explain.LiveNode.Standing;
import dev.catamaran.tool.explain.LiveNode.Upgrade;
import dev.catamaran.tool.explain.NodeEvent.Member;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the servers of a running cluster, ours and real ones of 1.3 to 2.5, without changing any.
 */
final class LiveReader {

    private static final int MAX_NODES = 64;
    private static final int MAX_NAMES = 1_000;

    private record Answer(JsonNode body) {}

    /** How a server is asked; an implementation changes nothing there and repeats nothing. */
    interface Ask {
        /**
         * The body of an answer with status 200; empty for any other status.
         *
         * @throws IOException if there is no answer, or one beyond the implementation's bounds
         */
        Optional<String> get(URI base, String path) throws IOException;
    }

    private final Ask ask;
    private final JsonMapper json = JsonMapper.builder().build();

    LiveReader(Ask ask) {
        this.ask = ask;
    }

    /**
     * Reads the given servers and all that they have in their lists.
     *
     * @param given addresses, {@code ip:port} or {@code http://ip:port}
     */
    List<LiveNode> read(List<URI> given) {
        Map<String, LiveNode> known = new LinkedHashMap<>();
        Deque<URI> waiting = new ArrayDeque<>(given);
        Set<String> seen = new LinkedHashSet<>();
        given.forEach(uri -> seen.add(uri.getAuthority()));
        while (!waiting.isEmpty() && known.size() < MAX_NODES) {
            URI next = waiting.poll();
            LiveNode node = one(next);
            known.put(next.getAuthority(), node);
            for (Member member : node.members()) {
                if (seen.add(member.address())) {
                    waiting.add(URI.create(next.getScheme() + "://" + member.address()));
                }
            }
        }
        return List.copyOf(known.values());
    }

    private LiveNode one(URI base) {
        String address = base.getAuthority();
        try {
            Optional<Answer> ours = get(base, "/catamaran/v1/status");
            if (ours.isPresent() && ours.get().body().has("phase")) {
                return our(base, ours.get().body());
            }
            return real(base);
        } catch (IOException e) {
            return LiveNode.silent(address, reason(e));
        }
    }

    private LiveNode our(URI base, JsonNode status) throws IOException {
        List<SpokenReason> reasons = new ArrayList<>();
        Optional<Answer> explained = get(base, "/catamaran/v1/explain");
        if (explained.isPresent()) {
            for (JsonNode reason : explained.get().body()) {
                reasons.add(
                        new SpokenReason(
                                text(reason, "rule"),
                                text(reason, "step"),
                                text(reason, "member"),
                                text(reason, "since"),
                                text(reason, "evidence"),
                                text(reason, "change"),
                                text(reason, "command")));
            }
        }
        List<Member> members = new ArrayList<>();
        for (JsonNode member : status.path("members")) {
            members.add(
                    new Member(
                            text(member, "address"),
                            member.path("reachable").asBoolean(false) ? "UP" : "DOWN",
                            optional(text(member, "version")),
                            Optional.empty(),
                            member.path("self").asBoolean(false)));
        }
        return new LiveNode(
                base.getAuthority(),
                Optional.empty(),
                optional(text(status, "version")).map(v -> "Catamaran " + v),
                members,
                Map.of(),
                Optional.empty(),
                Optional.of(
                        new Spoken(
                                text(status, "phase"),
                                reasons,
                                foretold(base),
                                standing(status),
                                moves(base))));
    }

    private static Standing standing(JsonNode status) {
        JsonNode epoch = status.path("epoch");
        return new Standing(
                epoch.isIntegralNumber() ? Optional.of(epoch.asLong()) : Optional.empty(),
                text(status, "because"),
                status.path("held").asBoolean(false)
                        ? Optional.of(text(status, "holdReason"))
                        : Optional.empty(),
                optional(text(status, "notSaved")),
                optional(text(status, "broken"))
                        .or(
                                () ->
                                        status.path("ready").asBoolean(true)
                                                ? Optional.empty()
                                                : Optional.of(stacks(status))));
    }

    private static String stacks(JsonNode status) {
        List<String> said = new ArrayList<>();
        status.path("stacks")
                .properties()
                .forEach(
                        stack ->
                                said.add(
                                        stack.getKey()
                                                + (stack.getValue().path("ready").asBoolean(false)
                                                        ? " ready"
                                                        : " not ready")
                                                + (text(stack.getValue(), "detail").isEmpty()
                                                        ? ""
                                                        : ": "
                                                                + text(
                                                                        stack.getValue(),
                                                                        "detail"))));
        return String.join("; ", said);
    }

    private List<Moved> moves(URI base) throws IOException {
        List<Moved> moves = new ArrayList<>();
        Optional<Answer> history = get(base, "/catamaran/v1/history");
        if (history.isPresent()) {
            for (JsonNode move : history.get().body().path("moves")) {
                moves.add(
                        new Moved(
                                move.path("revision").asLong(0),
                                text(move, "at"),
                                text(move, "by"),
                                where(move),
                                text(move, "because")));
            }
        }
        return moves;
    }

    private static String where(JsonNode move) {
        String fence =
                move.has("to")
                        ? ", fence from " + text(move, "from") + " to " + text(move, "to")
                        : "";
        String held =
                move.path("held").asBoolean(false) ? ", held: " + text(move, "holdReason") : "";
        return text(move, "phase") + " epoch " + move.path("epoch").asLong(0) + fence + held;
    }

    private List<Foretold> foretold(URI base) throws IOException {
        List<Foretold> foretold = new ArrayList<>();
        Optional<Answer> preflight = get(base, "/catamaran/v1/preflight");
        if (preflight.isPresent()) {
            for (JsonNode finding : preflight.get().body()) {
                foretold.add(
                        new Foretold(
                                text(finding, "check"),
                                text(finding, "member"),
                                text(finding, "evidence"),
                                text(finding, "danger"),
                                text(finding, "advice")));
            }
        }
        return foretold;
    }

    private LiveNode real(URI base) throws IOException {
        String address = base.getAuthority();
        Optional<Answer> nodes = get(base, "/nacos/v1/core/cluster/nodes?withInstances=false");
        List<Member> members = new ArrayList<>();
        Map<String, Group> groups = new LinkedHashMap<>();
        Optional<String> version = Optional.empty();
        if (nodes.isPresent()) {
            for (JsonNode node : nodes.get().body().path("data")) {
                Member member = member(node, address);
                members.add(member);
                if (member.self()) {
                    version = member.version();
                    groups.putAll(groups(node.path("extendInfo").path("raftMetaData")));
                }
            }
        }
        Optional<Answer> state = get(base, "/nacos/v1/console/server/state");
        if (state.isPresent() && !text(state.get().body(), "version").isEmpty()) {
            version = optional(text(state.get().body(), "version"));
        }
        Optional<Upgrade> upgrade =
                get(base, "/nacos/v1/ns/upgrade/ops/metrics?json=true")
                        .filter(answer -> answer.body().has("upgraded"))
                        .map(answer -> upgrade(answer.body()));
        return new LiveNode(
                address, Optional.empty(), version, members, groups, upgrade, Optional.empty());
    }

    private static Member member(JsonNode node, String asked) {
        JsonNode info = node.path("extendInfo");
        String address =
                node.has("address")
                        ? text(node, "address")
                        : text(node, "ip") + ":" + node.path("port").asInt(0);
        JsonNode ready = info.path("readyToUpgrade");
        return new Member(
                address,
                text(node, "state"),
                optional(text(info, "version")),
                ready.isBoolean() ? Optional.of(ready.asBoolean()) : Optional.empty(),
                address.equals(asked));
    }

    private static Map<String, Group> groups(JsonNode metadata) {
        Map<String, Group> groups = new LinkedHashMap<>();
        metadata.path("metaDataMap")
                .properties()
                .forEach(
                        entry -> {
                            List<String> peers = new ArrayList<>();
                            entry.getValue()
                                    .path("raftGroupMember")
                                    .forEach(peer -> peers.add(peer.asString("")));
                            groups.put(
                                    entry.getKey(),
                                    new Group(optional(text(entry.getValue(), "leader")), peers));
                        });
        return groups;
    }

    private static Upgrade upgrade(JsonNode json) {
        return new Upgrade(
                json.path("upgraded").asBoolean(false),
                json.path("isDoubleWriteEnabled").asBoolean(true),
                json.path("doubleWriteDelayTaskCount").asLong(0),
                json.path("serviceCountV1").asLong(0),
                json.path("serviceCountV2").asLong(0),
                json.path("instanceCountV1").asLong(0),
                json.path("instanceCountV2").asLong(0),
                names(text(json, "service.V1.not.in.V2")),
                names(text(json, "service.V2.not.in.V1")));
    }

    private static List<String> names(String text) {
        return text.lines().filter(line -> !line.isBlank()).limit(MAX_NAMES).toList();
    }

    /** The answer as JSON; empty where the server has no such path or answers no JSON. */
    private Optional<Answer> get(URI base, String path) throws IOException {
        Optional<String> body = ask.get(base, path);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Answer(json.readTree(body.get())));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() || value.isMissingNode() ? "" : value.asString("");
    }

    private static Optional<String> optional(String text) {
        return text.isBlank() || "null".equals(text) ? Optional.empty() : Optional.of(text);
    }

    private static String reason(IOException e) {
        String text = e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }
}
