package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.server.ops.Readiness;
import dev.catamaran.server.write.ReadView;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.management.ManagementFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What 1.x clients and probes ask about the server itself (spec: legacy-raft 8.6). */
@RestController
public final class OperatorController {

    private final ReadView reads;
    private final Readiness readiness;

    OperatorController(ReadView reads, Readiness readiness) {
        this.reads = requireNonNull(reads, "reads is null");
        this.readiness = requireNonNull(readiness, "readiness is null");
    }

    @GetMapping("/nacos/v1/ns/operator/metrics")
    ResponseEntity<String> metrics(HttpServletRequest request) {
        ObjectNode node = Forms.JSON.createObjectNode();
        node.put("status", readiness.ready() ? "UP" : "DOWN");
        if (!new Params(request).flag(false, "onlyStatus")) {
            RegistryTable table = reads.readable();
            Runtime runtime = Runtime.getRuntime();
            node.put("serviceCount", table.serviceCount());
            node.put("instanceCount", table.instanceCount());
            node.put("raftNotifyTaskCount", 0);
            node.put("responsibleServiceCount", table.serviceCount());
            node.put("responsibleInstanceCount", table.instanceCount());
            node.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            node.put(
                    "mem",
                    (double) (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory());
        }
        return Answers.json(node);
    }

    /** Everything of the 1.x naming API that has no place above, with the 1.4 text. */
    @RequestMapping("/nacos/v1/ns/**")
    ResponseEntity<String> unknown(HttpServletRequest request) {
        ObjectNode node = Forms.JSON.createObjectNode();
        node.put("timestamp", java.time.Instant.now().toString());
        node.put("status", 501);
        node.put("error", "Not Implemented");
        node.put("message", "no such api:" + request.getMethod() + ":" + request.getRequestURI());
        node.put("path", request.getRequestURI());
        return Answers.json(501, node.toString());
    }
}
