package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.transition.SealCollector;
import dev.catamaran.server.transition.SealService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Members only: seals what this member leads of the old primary while a fence is up. */
@RestController
final class SealController {

    /** Longest a caller may make this member wait. */
    private static final long MAX_TIMEOUT_MS = 5_000;

    private final SealService seals;

    SealController(SealService seals) {
        this.seals = requireNonNull(seals, "seals is null");
    }

    @PostMapping(SealCollector.PATH)
    CompletableFuture<ResponseEntity<Object>> seal(@RequestBody SealCollector.SealRequest request) {
        long timeoutMs = Math.max(1, Math.min(request.timeoutMs(), MAX_TIMEOUT_MS));
        return seals.seal(request.stack(), request.epoch(), Duration.ofMillis(timeoutMs))
                .<ResponseEntity<Object>>handle(
                        (StackPosition position, Throwable failure) ->
                                failure == null
                                        ? ResponseEntity.ok(position)
                                        : ResponseEntity.status(503)
                                                .body("not sealed: " + failure.getMessage()));
    }
}
