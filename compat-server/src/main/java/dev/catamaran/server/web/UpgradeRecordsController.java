package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls by which operators of a real 2.0 or 2.1 server look into one of its two models, and
 * write past the other (spec: upgrade-machinery 11). Reads answer from this member's copy of the
 * stack that is named; writes to one stack alone are what the mirror is there to prevent.
 */
@RestController
@RequestMapping("/nacos/v1/ns/upgrade/ops")
final class UpgradeRecordsController {

    private final StackTables stacks;

    UpgradeRecordsController(StackTables stacks) {
        this.stacks = requireNonNull(stacks, "stacks is null");
    }

    /** Real servers take anything but {@code v2} for the 1.x model, and nothing for v2. */
    private RegistryTable table(Params params) {
        boolean jraft = params.text("ver", "v2").equals("v2");
        return stacks.table(jraft ? Stack.JRAFT : Stack.LEGACY);
    }

    @GetMapping("/service")
    ResponseEntity<String> service(HttpServletRequest request) {
        Params params = new Params(request);
        return Answers.json(ServiceController.detail(found(table(params), params.service())));
    }

    private static ServiceEntry found(RegistryTable table, ServiceKey key) {
        return table.entry(key)
                .orElseThrow(
                        () -> BadRequest.notFound("service " + key.grouped() + " is not found!"));
    }

    @GetMapping("/service/list")
    ResponseEntity<String> services(HttpServletRequest request) {
        Params params = new Params(request);
        return Answers.json(ServiceController.list(table(params), params));
    }

    @RequestMapping("/service/names")
    ResponseEntity<String> names(HttpServletRequest request) {
        Params params = new Params(request);
        Optional<String> namespace = params.find("namespaceId").map(any -> params.namespace());
        String part = params.text("expr", "");
        ObjectNode node = Forms.JSON.createObjectNode();
        ObjectNode byNamespace = node.putObject("services");
        int count = 0;
        for (ServiceKey key : table(params).entries().keySet()) {
            boolean wanted =
                    namespace.map(key.namespace()::equals).orElse(true)
                            && key.grouped().contains(part);
            if (wanted) {
                byNamespace.withArray(key.namespace()).add(key.grouped());
                count++;
            }
        }
        node.put("count", count);
        return Answers.json(node);
    }

    @GetMapping("/instance")
    ResponseEntity<String> instance(HttpServletRequest request) {
        Params params = new Params(request);
        return Answers.json(
                InstanceController.detail(table(params), InstanceController.key(params)));
    }

    @GetMapping("/instance/list")
    ResponseEntity<String> instances(HttpServletRequest request) {
        Params params = new Params(request);
        return Answers.json(InstanceController.list(table(params), params));
    }

    @RequestMapping(
            path = "/service",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.DELETE})
    ResponseEntity<String> writeService() {
        return refused("/nacos/v1/ns/service");
    }

    @RequestMapping(
            path = "/instance",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.DELETE})
    ResponseEntity<String> writeInstance() {
        return refused("/nacos/v1/ns/instance");
    }

    private static ResponseEntity<String> refused(String instead) {
        throw BadRequest.notServed(
                "a write to one stack alone would make the two differ; nothing was changed. Use "
                        + instead
                        + ", which writes the primary, and the mirror carries it over");
    }
}
