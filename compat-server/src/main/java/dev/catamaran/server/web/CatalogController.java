package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.server.write.ReadView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The 1.x catalogue, which shows what clients are not given too (spec: legacy-raft 8.4). */
@RestController
@RequestMapping("/nacos/v1/ns/catalog")
public final class CatalogController {

    private static final int MAX_PAGE = 10_000;

    private final ReadView reads;

    CatalogController(ReadView reads) {
        this.reads = requireNonNull(reads, "reads is null");
    }

    @GetMapping("/service")
    ResponseEntity<String> service(HttpServletRequest request) {
        ServiceEntry entry = ServiceController.found(reads, new Params(request).service());
        ObjectNode node = Forms.JSON.createObjectNode();
        ObjectNode service = node.putObject("service");
        service.put("name", entry.key().name());
        ServiceController.describe(entry, service);
        ArrayNode clusters = node.putArray("clusters");
        Forms.clusters(entry).values().forEach(each -> clusters.add(Forms.catalogued(each)));
        return Answers.json(node);
    }

    @GetMapping("/instances")
    ResponseEntity<String> instances(HttpServletRequest request) {
        Params params = new Params(request);
        String cluster = params.required("clusterName");
        int page = Math.max(1, params.requiredInt("pageNo"));
        int size = Math.min(MAX_PAGE, Math.max(0, params.requiredInt("pageSize")));
        ServiceEntry entry = ServiceController.found(reads, params.service());
        if (!Forms.clusters(entry).containsKey(cluster)) {
            throw BadRequest.notFound("cluster " + cluster + " is not found!");
        }
        List<InstanceRecord> all =
                entry.instances().values().stream()
                        .filter(instance -> instance.key().cluster().equals(cluster))
                        .toList();
        ObjectNode node = Forms.JSON.createObjectNode();
        ArrayNode list = node.putArray("list");
        all.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(instance -> list.add(Forms.catalogued(instance)));
        node.put("count", all.size());
        return Answers.json(node);
    }
}
