package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.reconcile.Difference;
import dev.catamaran.server.transition.TransitionGroup;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What operators ask and order, on any member (docs/reference/http-api.md). */
@RestController
@RequestMapping("/catamaran/v1")
public final class OpsController {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType JSON_TYPE =
            new MediaType("application", "json", StandardCharsets.UTF_8);
    private static final MediaType LINES_TYPE =
            new MediaType("application", "x-ndjson", StandardCharsets.UTF_8);
    private static final int MAX_DIFFERENCES = 10_000;

    /** No order is longer: two texts of 500 characters and a few words. */
    private static final int MAX_ORDER_BYTES = 16_384;

    private static final byte[] NO_BODY = {};

    private final StatusReport report;
    private final Leadership leadership;
    private final TransitionGroup group;
    private final DeleteConfirmation confirmation;
    private final Preflight preflight;

    OpsController(
            StatusReport report,
            Leadership leadership,
            TransitionGroup group,
            DeleteConfirmation confirmation,
            Preflight preflight) {
        this.report = requireNonNull(report, "report is null");
        this.leadership = requireNonNull(leadership, "leadership is null");
        this.group = requireNonNull(group, "group is null");
        this.confirmation = requireNonNull(confirmation, "confirmation is null");
        this.preflight = requireNonNull(preflight, "preflight is null");
    }

    @GetMapping("/status")
    CompletableFuture<ResponseEntity<String>> status() {
        Optional<String> leader = group.leader();
        if (group.isLeader() || leader.isEmpty()) {
            return CompletableFuture.completedFuture(
                    json(OpsAnswer.OK, report.json(report.mirrorHere()).toString()));
        }
        return leadership
                .forward("GET", "mirror", NO_BODY)
                .thenApply(answer -> json(OpsAnswer.OK, report.json(mirror(answer)).toString()));
    }

    /** What moved the cluster so far; every member knows it. */
    @GetMapping("/history")
    ResponseEntity<String> history() {
        return json(OpsAnswer.OK, MovesJson.of(group.history()));
    }

    /** What real members would do, for an operator to know beforehand. */
    @GetMapping("/preflight")
    ResponseEntity<String> preflight() {
        return json(OpsAnswer.OK, preflight.json().toString());
    }

    /** The mirror's part as the leader told it; nulls say that it did not. */
    private static ObjectNode mirror(OpsAnswer answer) {
        if (answer.status() == OpsAnswer.OK) {
            try {
                JsonNode node = JSON.readTree(answer.json());
                if (node instanceof ObjectNode object) {
                    return object;
                }
            } catch (JacksonException notJson) {
                // told below
            }
        }
        ObjectNode node = JSON.createObjectNode();
        for (String field : List.of("from", "to", "lagRecords", "lagMs", "fullPassAt")) {
            node.putNull(field);
        }
        node.put("unknown", "the member that runs the mirror did not answer");
        return node;
    }

    @GetMapping("/explain")
    CompletableFuture<ResponseEntity<String>> explain() {
        if (!report.phaseKnown()) {
            return CompletableFuture.completedFuture(json(report.phaseUnknown(OpsAnswer.OK)));
        }
        return leadership.explain().thenApply(OpsController::json);
    }

    @GetMapping("/digest")
    ResponseEntity<String> digest(
            @RequestParam("stack") String stack,
            @RequestParam(name = "prefix", defaultValue = "") String prefix) {
        Optional<Stack> id = stack(stack);
        if (id.isEmpty()) {
            return noStack(stack);
        }
        RegistryTable table = report.stack(id.get()).table();
        ObjectNode node = JSON.createObjectNode();
        node.put("stack", stack);
        node.put("prefix", prefix);
        node.put("digest", table.digest(prefix).hex());
        node.put("services", table.serviceCount());
        node.put("instances", table.instanceCount());
        return json(OpsAnswer.OK, node.toString());
    }

    @GetMapping("/diff")
    ResponseEntity<String> diff(@RequestParam(name = "limit", defaultValue = "20") int limit) {
        RegistryTable legacy = report.stack(Stack.LEGACY).table();
        RegistryTable jraft = report.stack(Stack.JRAFT).table();
        int bounded = Math.max(1, Math.min(limit, MAX_DIFFERENCES));
        ObjectNode node = JSON.createObjectNode();
        node.put("left", StatusReport.name(Stack.LEGACY));
        node.put("right", StatusReport.name(Stack.JRAFT));
        node.put("equal", legacy.digest().equals(jraft.digest()));
        ArrayNode differences = node.putArray("differences");
        for (Difference difference : Diff.between(legacy, jraft, bounded)) {
            ObjectNode one = differences.addObject();
            one.put("service", difference.service().text());
            one.put("record", difference.record());
            one.put("kind", difference.kind().name());
            one.put("field", difference.field());
            one.put("left", difference.left());
            one.put("right", difference.right());
        }
        return json(OpsAnswer.OK, node.toString());
    }

    @GetMapping("/records")
    ResponseEntity<StreamingResponseBody> records(
            @RequestParam("stack") String stack,
            @RequestParam(name = "prefix", defaultValue = "") String prefix) {
        Optional<Stack> id = stack(stack);
        if (id.isEmpty()) {
            byte[] text = noStackText(stack).getBytes(StandardCharsets.UTF_8);
            return ResponseEntity.badRequest().contentType(JSON_TYPE).body(out -> out.write(text));
        }
        RegistryTable table = report.stack(id.get()).table();
        StreamingResponseBody body =
                out -> {
                    for (String line : (Iterable<String>) lines(table, prefix)::iterator) {
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                };
        return ResponseEntity.ok().contentType(LINES_TYPE).body(body);
    }

    private static java.util.stream.Stream<String> lines(RegistryTable table, String prefix) {
        return table.entries().values().stream()
                .filter(entry -> entry.key().text().startsWith(prefix))
                .flatMap(entry -> entry.records().map(RecordLines::line));
    }

    @PostMapping("/phase")
    CompletableFuture<ResponseEntity<String>> phase(HttpServletRequest request) throws IOException {
        return order(OrderJson.Kind.PHASE, request);
    }

    @PostMapping("/hold")
    CompletableFuture<ResponseEntity<String>> hold(HttpServletRequest request) throws IOException {
        return order(OrderJson.Kind.HOLD, request);
    }

    @PostMapping("/release")
    CompletableFuture<ResponseEntity<String>> release(HttpServletRequest request)
            throws IOException {
        return order(OrderJson.Kind.RELEASE, request);
    }

    private CompletableFuture<ResponseEntity<String>> order(
            OrderJson.Kind kind, HttpServletRequest request) throws IOException {
        return leadership.order(kind, body(request)).thenApply(OpsController::json);
    }

    @PostMapping("/internal/phase")
    CompletableFuture<ResponseEntity<String>> phaseHere(HttpServletRequest request)
            throws IOException {
        return orderHere(OrderJson.Kind.PHASE, request);
    }

    @PostMapping("/internal/hold")
    CompletableFuture<ResponseEntity<String>> holdHere(HttpServletRequest request)
            throws IOException {
        return orderHere(OrderJson.Kind.HOLD, request);
    }

    @PostMapping("/internal/release")
    CompletableFuture<ResponseEntity<String>> releaseHere(HttpServletRequest request)
            throws IOException {
        return orderHere(OrderJson.Kind.RELEASE, request);
    }

    private CompletableFuture<ResponseEntity<String>> orderHere(
            OrderJson.Kind kind, HttpServletRequest request) throws IOException {
        return leadership.orderHere(kind, body(request)).thenApply(OpsController::json);
    }

    @PostMapping("/" + DeleteConfirmation.PATH)
    CompletableFuture<ResponseEntity<String>> confirmDeletes(HttpServletRequest request)
            throws IOException {
        return confirmation.confirm(body(request)).thenApply(OpsController::json);
    }

    @PostMapping("/internal/" + DeleteConfirmation.PATH)
    ResponseEntity<String> confirmDeletesHere(HttpServletRequest request) throws IOException {
        return json(confirmation.confirmHere(body(request)));
    }

    @GetMapping("/internal/explain")
    ResponseEntity<String> explainHere() {
        return json(leadership.explainHere());
    }

    @GetMapping("/internal/mirror")
    ResponseEntity<String> mirrorHere() {
        return json(OpsAnswer.OK, report.mirrorHere().toString());
    }

    @GetMapping("/healthz/live")
    ResponseEntity<String> live() {
        return json(OpsAnswer.OK, "{\"live\":true}");
    }

    @GetMapping({"/healthz", "/healthz/ready"})
    ResponseEntity<String> ready() {
        return report.ready()
                ? json(OpsAnswer.OK, "{\"ready\":true}")
                : json(OpsAnswer.NOT_NOW, "{\"ready\":false}");
    }

    /** The body as it came: curl calls JSON a form unless it is told otherwise. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        return request.getInputStream().readNBytes(MAX_ORDER_BYTES);
    }

    private static Optional<Stack> stack(String text) {
        return Arrays.stream(Stack.values())
                .filter(id -> StatusReport.name(id).equals(text))
                .findFirst();
    }

    private static ResponseEntity<String> noStack(String text) {
        return json(OpsAnswer.ILLEGAL, noStackText(text));
    }

    private static String noStackText(String text) {
        return Reasons.one(
                        "bad-request",
                        "there is no stack '" + text + "'",
                        "say stack=legacy or stack=jraft")
                .toString();
    }

    private static ResponseEntity<String> json(OpsAnswer answer) {
        return json(answer.status(), answer.json());
    }

    private static ResponseEntity<String> json(int status, String body) {
        return ResponseEntity.status(status).contentType(JSON_TYPE).body(body);
    }
}
