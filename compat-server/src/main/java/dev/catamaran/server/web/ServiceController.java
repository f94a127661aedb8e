package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.server.write.ReadView;
import dev.catamaran.server.write.WriteService;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The 1.x calls about services and clusters (spec: legacy-raft 8.4). */
@RestController
public final class ServiceController {

    private static final String SERVICE = "/nacos/v1/ns/service";
    private static final Pattern CLUSTER = Pattern.compile("[0-9a-zA-Z_-]{1,128}");
    private static final int MAX_PAGE = 10_000;

    private final WriteService writes;
    private final ReadView reads;

    ServiceController(WriteService writes, ReadView reads) {
        this.writes = requireNonNull(writes, "writes is null");
        this.reads = requireNonNull(reads, "reads is null");
    }

    @PostMapping(SERVICE)
    CompletableFuture<ResponseEntity<String>> create(HttpServletRequest request) {
        Params params = new Params(request);
        ServiceKey key = params.service();
        if (reads.readable().entry(key).isPresent()) {
            throw BadRequest.illegal(
                    "specified service already exists, serviceName : " + key.grouped());
        }
        Selector selector =
                params.find("selector").map(Forms::readSelector).orElseGet(Selector.None::new);
        ServiceRecord service =
                new ServiceRecord(
                        key, threshold(params), params.metadata(), selector, LegacyExtras.NONE);
        return write(new RegistryCommand.PutService(service));
    }

    @PutMapping(SERVICE)
    CompletableFuture<ResponseEntity<String>> update(HttpServletRequest request) {
        Params params = new Params(request);
        ServiceKey key = params.service();
        params.required("protectThreshold");
        ServiceEntry entry =
                reads.readable()
                        .entry(key)
                        .orElseThrow(
                                () ->
                                        BadRequest.illegal(
                                                "service " + key.grouped() + " not found!"));
        Selector selector =
                params.find("selector").map(Forms::readSelector).orElse(entry.service().selector());
        ServiceRecord service =
                new ServiceRecord(
                        key,
                        threshold(params),
                        params.metadata(),
                        selector,
                        entry.service().ephemeral(),
                        entry.service().extras());
        return write(new RegistryCommand.PutService(service));
    }

    private static float threshold(Params params) {
        double threshold = params.number("protectThreshold", 0);
        if (threshold < 0 || threshold > 1) {
            throw BadRequest.illegal("protectThreshold ranges from 0 to 1, current: " + threshold);
        }
        return (float) threshold;
    }

    @DeleteMapping(SERVICE)
    CompletableFuture<ResponseEntity<String>> remove(HttpServletRequest request) {
        ServiceKey key = new Params(request).service();
        Optional<ServiceEntry> entry = reads.readable().entry(key);
        if (entry.isEmpty()) {
            throw BadRequest.illegal("specified service not exist, serviceName : " + key.grouped());
        }
        if (!entry.get().instances().isEmpty()) {
            throw BadRequest.illegal(
                    "specified service has instances, serviceName : " + key.grouped());
        }
        return write(new RegistryCommand.RemoveService(key));
    }

    @PutMapping("/nacos/v1/ns/cluster")
    CompletableFuture<ResponseEntity<String>> updateCluster(HttpServletRequest request) {
        Params params = new Params(request);
        ServiceKey key = params.service();
        String name = params.required("clusterName");
        if (!CLUSTER.matcher(name).matches()) {
            throw BadRequest.illegal(
                    "cluster name can only have these characters: 0-9a-zA-Z-, current: " + name);
        }
        int checkPort = params.port("checkPort");
        params.required("useInstancePort4Check");
        ServiceEntry entry =
                reads.readable()
                        .entry(key)
                        .orElseThrow(
                                () -> BadRequest.illegal("service not found:" + key.grouped()));
        LegacyExtras extras =
                Optional.ofNullable(entry.clusters().get(name))
                        .map(ClusterRecord::extras)
                        .orElse(LegacyExtras.NONE);
        ClusterRecord cluster =
                new ClusterRecord(
                        new ClusterKey(key, name),
                        Forms.readChecker(params.required("healthChecker")),
                        checkPort,
                        params.flag(false, "useInstancePort4Check"),
                        params.metadata(),
                        extras);
        return write(new RegistryCommand.PutCluster(cluster));
    }

    private CompletableFuture<ResponseEntity<String>> write(RegistryCommand command) {
        return writes.write(command).thenApply(Answers::written);
    }

    @GetMapping(SERVICE)
    ResponseEntity<String> show(HttpServletRequest request) {
        return Answers.json(detail(found(reads, new Params(request).service())));
    }

    static ObjectNode detail(ServiceEntry entry) {
        ServiceKey key = entry.key();
        ObjectNode node = Forms.JSON.createObjectNode();
        node.put("name", key.name());
        node.put("namespaceId", key.namespace());
        describe(entry, node);
        ArrayNode clusters = node.putArray("clusters");
        for (ClusterRecord cluster : Forms.clusters(entry).values()) {
            ObjectNode one = clusters.addObject();
            one.put("name", cluster.key().name());
            one.set("healthChecker", Forms.checker(cluster.checker()));
            one.set("metadata", Forms.labels(cluster.metadata()));
        }
        return node;
    }

    static void describe(ServiceEntry entry, ObjectNode node) {
        node.put("protectThreshold", entry.service().protectThreshold());
        node.set("metadata", Forms.labels(entry.service().metadata()));
        node.set("selector", Forms.selector(entry.service().selector()));
        node.put("groupName", entry.key().group());
    }

    static ServiceEntry found(ReadView reads, ServiceKey key) {
        return reads.readable()
                .entry(key)
                .orElseThrow(
                        () -> BadRequest.notFound("service " + key.grouped() + " is not found!"));
    }

    @GetMapping(SERVICE + "/list")
    ResponseEntity<String> list(HttpServletRequest request) {
        return Answers.json(list(reads.readable(), new Params(request)));
    }

    static ObjectNode list(RegistryTable table, Params params) {
        int page = Math.max(1, params.requiredInt("pageNo"));
        int size = Math.min(MAX_PAGE, Math.max(0, params.requiredInt("pageSize")));
        String namespace = params.namespace();
        String group = params.text("groupName", ServiceKey.DEFAULT_GROUP);
        List<String> names =
                table.entries().keySet().stream()
                        .filter(key -> key.namespace().equals(namespace))
                        .filter(key -> key.group().equals(group))
                        .map(ServiceKey::name)
                        .toList();
        ObjectNode node = Forms.JSON.createObjectNode();
        ArrayNode doms = node.putArray("doms");
        names.stream().skip((page - 1L) * size).limit(size).forEach(doms::add);
        node.put("count", names.size());
        return node;
    }
}
