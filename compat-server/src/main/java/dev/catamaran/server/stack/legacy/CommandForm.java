package dev.catamaran.server.stack.legacy;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands and results as members send them to the leader of the legacy raft; records travel in
 * their 1.x JSON.
 */
final class CommandForm {

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .build())
                                    .build())
                    .build();

    /** A command with the one who wants it. */
    record Order(RegistryCommand command, WriteOrigin origin) {}

    /** A result with the position it is committed at; 0 if it is not. */
    record Result(WriteResult result, long position) {
        static Result rejected(String because) {
            return new Result(new WriteResult.Rejected(because), 0);
        }

        static Result tooMany(int waiting) {
            return new Result(new WriteResult.NotNow(waiting + " commands already wait"), 0);
        }
    }

    private CommandForm() {}

    static byte[] encode(RegistryCommand command, WriteOrigin origin) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("from", origin.kind().name()).put("epoch", origin.epoch());
        json.put("command", command.getClass().getSimpleName());
        json.put("namespace", command.service().namespace());
        json.put("group", command.service().group());
        json.put("service", command.service().name());
        if (command instanceof RegistryCommand.PutService put) {
            json.put("value", ServiceJson.encode(ServiceEntry.of(put.record())));
            json.put("bare", put.record().extras().equals(LegacyExtras.NONE));
        } else if (command instanceof RegistryCommand.PutCluster put) {
            ServiceEntry entry =
                    ServiceEntry.of(ServiceRecord.ofDefaults(put.service()))
                            .withCluster(put.record());
            json.put("value", ServiceJson.encode(entry));
            json.put("bare", put.record().extras().equals(LegacyExtras.NONE));
        } else if (command instanceof RegistryCommand.PutInstance put) {
            json.put("value", InstancesJson.encode(List.of(put.record())));
            json.put("bare", put.record().extras().equals(LegacyExtras.NONE));
        } else if (command instanceof RegistryCommand.RemoveCluster remove) {
            json.put("cluster", remove.key().name());
        } else if (command instanceof RegistryCommand.RemoveInstance remove) {
            json.put("ip", remove.key().ip()).put("port", remove.key().port());
            json.put("cluster", remove.key().cluster());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Decoded<Order> decode(byte[] body) {
        return Decoded.of(
                () -> {
                    JsonNode json = parse(body);
                    ServiceKey service =
                            new ServiceKey(
                                    text(json, "namespace"),
                                    text(json, "group"),
                                    text(json, "service"));
                    String complaint = LegacyKey.complaint(service);
                    if (!complaint.isEmpty()) {
                        throw new DecodeException(complaint, "service");
                    }
                    WriteOrigin.Kind kind =
                            switch (text(json, "from")) {
                                case "CLIENT" -> WriteOrigin.Kind.CLIENT;
                                case "MIRROR" -> WriteOrigin.Kind.MIRROR;
                                default -> throw new DecodeException("is not known", "from");
                            };
                    return new Order(
                            command(json, service),
                            new WriteOrigin(kind, json.path("epoch").asLong(-1)));
                });
    }

    private static RegistryCommand command(JsonNode json, ServiceKey service) {
        boolean bare = json.path("bare").asBoolean(false);
        switch (text(json, "command")) {
            case "PutService" -> {
                ServiceRecord record =
                        ServiceJson.decode(service, text(json, "value")).orThrow().service();
                return new RegistryCommand.PutService(
                        bare ? record.withExtras(LegacyExtras.NONE) : record);
            }
            case "PutCluster" -> {
                ClusterRecord record =
                        ServiceJson.decode(service, text(json, "value"))
                                .orThrow()
                                .clusters()
                                .values()
                                .stream()
                                .findFirst()
                                .orElseThrow(() -> new DecodeException("is missing", "cluster"));
                return new RegistryCommand.PutCluster(
                        bare ? record.withExtras(LegacyExtras.NONE) : record);
            }
            case "PutInstance" -> {
                InstanceRecord record =
                        InstancesJson.decode(service, text(json, "value"))
                                .orThrow()
                                .values()
                                .stream()
                                .findFirst()
                                .orElseThrow(() -> new DecodeException("is missing", "instance"));
                return new RegistryCommand.PutInstance(
                        bare ? record.withExtras(LegacyExtras.NONE) : record);
            }
            case "RemoveService" -> {
                return new RegistryCommand.RemoveService(service);
            }
            case "RemoveCluster" -> {
                return new RegistryCommand.RemoveCluster(
                        new ClusterKey(service, text(json, "cluster")));
            }
            case "RemoveInstance" -> {
                return new RegistryCommand.RemoveInstance(
                        new InstanceKey(
                                service,
                                text(json, "ip"),
                                json.path("port").asInt(0),
                                text(json, "cluster")));
            }
            default -> throw new DecodeException("is not known", "command");
        }
    }

    static String encode(Result result) {
        ObjectNode json = MAPPER.createObjectNode().put("position", result.position());
        if (result.result() instanceof WriteResult.Done) {
            json.put("result", "done");
        } else if (result.result() instanceof WriteResult.NotNow notNow) {
            json.put("result", "notNow").put("because", notNow.because());
        } else if (result.result() instanceof WriteResult.Unknown unknown) {
            json.put("result", "unknown").put("because", unknown.because());
        } else if (result.result() instanceof WriteResult.Rejected rejected) {
            json.put("result", "rejected").put("because", rejected.because());
        }
        return json.toString();
    }

    /** Reads an answer; one that cannot be read leaves the outcome unknown. */
    static Result decodeResult(byte[] body) {
        try {
            JsonNode json = parse(body);
            String because = json.path("because").asString("");
            WriteResult result =
                    switch (json.path("result").asString("")) {
                        case "done" -> new WriteResult.Done();
                        case "notNow" -> new WriteResult.NotNow(because);
                        case "rejected" -> new WriteResult.Rejected(because);
                        default -> new WriteResult.Unknown(because);
                    };
            return new Result(result, json.path("position").asLong(0));
        } catch (DecodeException e) {
            return new Result(
                    new WriteResult.Unknown("the leader's answer cannot be read: " + e.refusal()),
                    0);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new DecodeException("not JSON: " + e.getOriginalMessage(), "body", e);
        }
    }

    private static String text(JsonNode json, String field) {
        JsonNode node = json.path(field);
        if (!node.isString()) {
            throw new DecodeException("is not a text", field);
        }
        return node.stringValue();
    }
}
