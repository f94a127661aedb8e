package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.write.ReadView;
import dev.catamaran.server.write.WriteService;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The 1.x calls about instances (spec: legacy-raft 8.1, 8.2). Persistent instances only. */
@RestController
@RequestMapping("/nacos/v1/ns/instance")
public final class InstanceController {

    private static final double MAX_WEIGHT = 10_000;

    /** A positive weight below this counts as this (spec: legacy-raft 8.1). */
    private static final double MIN_POSITIVE_WEIGHT = 0.01;

    private static final Pattern IP = Pattern.compile("[0-9.]+");
    private static final Pattern CLUSTER = Pattern.compile("[0-9a-zA-Z_-]{1,128}");

    private final WriteService writes;
    private final ReadView reads;

    InstanceController(WriteService writes, ReadView reads) {
        this.writes = requireNonNull(writes, "writes is null");
        this.reads = requireNonNull(reads, "reads is null");
    }

    @PostMapping
    CompletableFuture<ResponseEntity<String>> register(HttpServletRequest request) {
        Params params = new Params(request);
        return put(instance(params));
    }

    @PutMapping
    CompletableFuture<ResponseEntity<String>> update(HttpServletRequest request) {
        Params params = new Params(request);
        InstanceRecord instance = instance(params);
        if (params.javaClient() && find(reads.readable(), instance.key()).isEmpty()) {
            throw BadRequest.illegal("instance not exist: " + instance.key().address());
        }
        return put(instance);
    }

    private CompletableFuture<ResponseEntity<String>> put(InstanceRecord instance) {
        return writes.write(new RegistryCommand.PutInstance(instance)).thenApply(Answers::written);
    }

    @DeleteMapping
    CompletableFuture<ResponseEntity<String>> deregister(HttpServletRequest request) {
        Params params = new Params(request);
        refuseEphemeral(params);
        return writes.write(new RegistryCommand.RemoveInstance(key(params)))
                .thenApply(Answers::written);
    }

    @GetMapping
    ResponseEntity<String> show(HttpServletRequest request) {
        return Answers.json(detail(reads.readable(), key(new Params(request))));
    }

    static ObjectNode detail(RegistryTable table, InstanceKey key) {
        if (table.entry(key.service()).isEmpty()) {
            throw BadRequest.notFound("no service " + key.service().grouped() + " found!");
        }
        InstanceRecord found =
                find(table, key).orElseThrow(() -> BadRequest.notFound("no matched ip found!"));
        ObjectNode node = Forms.JSON.createObjectNode();
        node.put("service", key.service().grouped());
        node.put("ip", key.ip());
        node.put("port", key.port());
        node.put("clusterName", key.cluster());
        node.put("weight", found.weight());
        node.put("healthy", found.healthy());
        node.put("instanceId", found.instanceId());
        node.set("metadata", Forms.labels(found.metadata()));
        return node;
    }

    @GetMapping("/list")
    ResponseEntity<String> list(HttpServletRequest request) {
        return Answers.json(list(reads.readable(), new Params(request)));
    }

    static ObjectNode list(RegistryTable table, Params params) {
        ServiceKey key = params.service();
        if (params.flag(false, "isCheck")) {
            return Forms.JSON.createObjectNode();
        }
        Optional<ServiceEntry> entry = table.entry(key);
        return entry.isEmpty()
                ? InstanceList.unknown(key, params.text("clusters", ""))
                : InstanceList.of(
                        entry.get(),
                        params.text("clusters", ""),
                        params.flag(false, "healthyOnly"),
                        params.javaClient());
    }

    private static Optional<InstanceRecord> find(RegistryTable table, InstanceKey key) {
        return table.entry(key.service()).map(entry -> entry.instances().get(key));
    }

    private static InstanceRecord instance(Params params) {
        refuseEphemeral(params);
        InstanceKey key = key(params);
        double weight = params.number("weight", 1);
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw BadRequest.illegal("instance format invalid: The weights range from 0 to 10000");
        }
        return new InstanceRecord(
                key,
                weight > 0 && weight < MIN_POSITIVE_WEIGHT ? MIN_POSITIVE_WEIGHT : weight,
                params.flag(true, "enabled", "enable"),
                params.flag(true, "healthy"),
                false,
                params.metadata(),
                key.defaultInstanceId(),
                LegacyExtras.NONE);
    }

    static InstanceKey key(Params params) {
        ServiceKey service = params.service();
        String ip = params.required("ip");
        if (!IP.matcher(ip).matches()) {
            throw BadRequest.illegal(
                    "instance format invalid: Your IP address is spelled incorrectly");
        }
        String cluster = params.find("clusterName", "cluster").orElse(ClusterKey.DEFAULT_CLUSTER);
        if (!CLUSTER.matcher(cluster).matches()) {
            throw BadRequest.illegal(
                    "cluster name can only have these characters: 0-9a-zA-Z-, current: " + cluster);
        }
        return new InstanceKey(service, ip, params.port("port"), cluster);
    }

    /** The default of 1.x is an ephemeral instance. */
    private static void refuseEphemeral(Params params) {
        if (params.flag(true, "ephemeral")) {
            throw BadRequest.notServed(
                    "ephemeral instances are not served yet: say ephemeral=false to use a"
                            + " persistent one; nothing was changed");
        }
    }
}
