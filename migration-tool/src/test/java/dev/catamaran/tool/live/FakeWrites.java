package dev.catamaran.tool.live;

import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.tool.live.FakeNacos.Answer;
import dev.catamaran.tool.live.FakeNacos.Kind;
import dev.catamaran.tool.records.RecordReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a {@link FakeNacos} does with writes. */
final class FakeWrites {

    private final FakeNacos server;

    FakeWrites(FakeNacos server) {
        this.server = server;
    }

    Answer answer(String method, String path, Map<String, String> params) {
        boolean v1 = server.kind != Kind.V3 && path.startsWith("/v1/ns/");
        boolean v2 = server.kind == Kind.V2 && path.startsWith("/v2/ns/");
        boolean v3 = server.kind == Kind.V3 && path.startsWith("/v3/admin/ns/");
        if (!v1 && !v2 && !v3) {
            return new Answer(501, "no such api:" + method + ":/nacos" + path);
        }
        ServiceKey key = FakePages.key(params);
        Answer answer =
                switch (path.substring(path.lastIndexOf('/') + 1)) {
                    case "service" -> service(method, key, params);
                    case "cluster" -> cluster(key, params);
                    case "instance" -> instance(method, key, params);
                    default -> new Answer(501, "no such api:" + method + ":/nacos" + path);
                };
        if (v1) {
            return answer;
        }
        return answer.status() == 200
                ? FakePages.data(FakePages.JSON.valueToTree("ok"))
                : failure(answer.text());
    }

    /** The same in the words of v2 and v3, with the codes that a real 3.1.0 gave. */
    private static Answer failure(String text) {
        if (text.contains("already exists")) {
            return FakePages.failure(21007, "service already exist", text);
        }
        if (text.contains("has instances")) {
            return FakePages.failure(21009, "service delete failure", text);
        }
        return FakePages.failure(30000, "server error", text);
    }

    private void apply(RegistryCommand command) {
        server.table = TableEdit.apply(server.table, command);
    }

    private Answer service(String method, ServiceKey key, Map<String, String> params) {
        Optional<ServiceEntry> known = server.table.entry(key);
        if (method.equals("DELETE")) {
            if (known.isPresent() && !known.get().instances().isEmpty()) {
                return new Answer(400, "specified service has instances, serviceName : " + key);
            }
            apply(new RegistryCommand.RemoveService(key));
            return Answer.ok("ok");
        }
        if (method.equals("POST") && known.isPresent()) {
            return new Answer(400, "specified service already exists, serviceName : " + key);
        }
        if (method.equals("PUT") && known.isEmpty()) {
            return new Answer(400, "service " + key.grouped() + " not found!");
        }
        apply(
                new RegistryCommand.PutService(
                        new ServiceRecord(
                                key,
                                Float.parseFloat(params.get("protectThreshold")),
                                labels(params.get("metadata")),
                                RecordReader.selector(
                                        FakePages.JSON.readTree(params.get("selector"))),
                                LegacyExtras.NONE)));
        return Answer.ok("ok");
    }

    private Answer cluster(ServiceKey key, Map<String, String> params) {
        if (server.table.entry(key).isEmpty()) {
            return new Answer(400, "service not found:" + key.grouped());
        }
        apply(
                new RegistryCommand.PutCluster(
                        new ClusterRecord(
                                new ClusterKey(key, params.get("clusterName")),
                                RecordReader.checker(
                                        FakePages.JSON.readTree(params.get("healthChecker"))),
                                Integer.parseInt(params.get("checkPort")),
                                Boolean.parseBoolean(params.get("useInstancePort4Check")),
                                labels(params.get("metadata")),
                                LegacyExtras.NONE)));
        return Answer.ok("ok");
    }

    private Answer instance(String method, ServiceKey service, Map<String, String> params) {
        if (!"false".equals(params.get("ephemeral"))) {
            return new Answer(400, "the double keeps persistent instances only");
        }
        InstanceKey key =
                new InstanceKey(
                        service,
                        params.get("ip"),
                        Integer.parseInt(params.get("port")),
                        params.get("clusterName"));
        if (method.equals("DELETE")) {
            apply(new RegistryCommand.RemoveInstance(key));
            return Answer.ok("ok");
        }
        double weight = Double.parseDouble(params.get("weight"));
        boolean enabled = Boolean.parseBoolean(params.get("enabled"));
        SortedMap<String, String> metadata = labels(params.get("metadata"));
        boolean keepsOverrides = server.kind == Kind.V2 || server.kind == Kind.V3;
        if (method.equals("PUT") && keepsOverrides) {
            if (server.table.entry(service).isEmpty()) {
                return new Answer(400, "service not found, namespace: " + service.namespace());
            }
            server.overrides.put(key, new OverrideRecord(key, weight, enabled, metadata));
            return Answer.ok("ok");
        }
        if (keepsOverrides) {
            // one instance per service and address: the cluster is a field of it
            others(service, key).forEach(other -> apply(new RegistryCommand.RemoveInstance(other)));
        }
        apply(
                new RegistryCommand.PutInstance(
                        InstanceRecord.persistent(key, weight, enabled, metadata)));
        return Answer.ok("ok");
    }

    private List<InstanceKey> others(ServiceKey service, InstanceKey key) {
        return server.table.entry(service).stream()
                .flatMap(entry -> entry.instances().keySet().stream())
                .filter(other -> other.address().equals(key.address()) && !other.equals(key))
                .toList();
    }

    private static SortedMap<String, String> labels(String json) {
        SortedMap<String, String> labels = new TreeMap<>();
        FakePages.JSON
                .readTree(json)
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }
}
