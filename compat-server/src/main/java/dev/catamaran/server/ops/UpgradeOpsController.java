package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.transition.TransitionGroup;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What real 2.0 and 2.1 servers offer for their upgrade, with a safe meaning. */
@RestController
final class UpgradeOpsController {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final MediaType JSON_TYPE =
            new MediaType("application", "json", StandardCharsets.UTF_8);
    private static final String SWITCHES = "/nacos/v1/ns/operator/switches";
    private static final byte[] NO_BODY = {};

    private final StatusReport report;
    private final UpgradeMetrics metrics;
    private final FinalizeSwitch finalizeSwitch;
    private final Leadership leadership;
    private final TransitionGroup group;
    private final Mirror mirror;

    UpgradeOpsController(
            StatusReport report,
            UpgradeMetrics metrics,
            FinalizeSwitch finalizeSwitch,
            Leadership leadership,
            TransitionGroup group,
            Mirror mirror) {
        this.report = requireNonNull(report, "report is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.finalizeSwitch = requireNonNull(finalizeSwitch, "finalizeSwitch is null");
        this.leadership = requireNonNull(leadership, "leadership is null");
        this.group = requireNonNull(group, "group is null");
        this.mirror = requireNonNull(mirror, "mirror is null");
    }

    /** Text in either form, as real servers label it. */
    @GetMapping("/nacos/v1/ns/upgrade/ops/metrics")
    CompletableFuture<ResponseEntity<String>> metrics(
            @RequestParam(name = "json", defaultValue = "false") boolean json) {
        if (!report.phaseKnown()) {
            return CompletableFuture.completedFuture(phaseUnknown());
        }
        return tasks().thenApply(metrics::values)
                .thenApply(
                        values ->
                                answer(
                                        OpsAnswer.OK,
                                        TEXT,
                                        json
                                                ? UpgradeMetrics.json(values)
                                                : UpgradeMetrics.text(values)));
    }

    /** What the mirror has left to do, wherever it runs; 0 where nobody can tell. */
    private CompletableFuture<Long> tasks() {
        if (group.isLeader() || group.leader().isEmpty()) {
            return CompletableFuture.completedFuture(mirror.status().lagRecords());
        }
        return leadership
                .forward("GET", "mirror", NO_BODY)
                .thenApply(
                        answer -> {
                            try {
                                return JSON.readTree(answer.json()).path("lagRecords").asLong(0);
                            } catch (JacksonException notJson) {
                                return 0L;
                            }
                        });
    }

    @GetMapping(SWITCHES)
    ResponseEntity<String> switches() {
        if (!report.phaseKnown()) {
            return phaseUnknown();
        }
        return answer(
                OpsAnswer.OK,
                JSON_TYPE,
                JSON.writeValueAsString(
                        Map.of(
                                "name",
                                "00-00---000-NACOS_SWITCH_DOMAIN-000---00-00",
                                "doubleWriteEnabled",
                                metrics.doubleWriteEnabled())));
    }

    @PutMapping(SWITCHES)
    CompletableFuture<ResponseEntity<String>> change(
            @RequestParam("entry") String entry,
            @RequestParam("value") String value,
            @RequestParam(name = "debug", defaultValue = "false") boolean debug,
            @RequestParam(name = "dryRun", defaultValue = "false") boolean dryRun,
            HttpServletRequest request) {
        if (!report.phaseKnown()) {
            return CompletableFuture.completedFuture(phaseUnknown());
        }
        return finalizeSwitch
                .change(entry, value, debug, dryRun, requireNonNull(request.getRemoteAddr()))
                .thenApply(
                        done ->
                                answer(
                                        done.status(),
                                        done.json().startsWith("[") ? JSON_TYPE : TEXT,
                                        done.json()));
    }

    /** Whoever reads figures or {@code ok} here acts on them; a guess would be worse than none. */
    private ResponseEntity<String> phaseUnknown() {
        OpsAnswer unknown = report.phaseUnknown(OpsAnswer.NOT_NOW);
        return answer(unknown.status(), JSON_TYPE, unknown.json());
    }

    private static ResponseEntity<String> answer(int status, MediaType type, String body) {
        return ResponseEntity.status(status).contentType(type).body(body);
    }
}
