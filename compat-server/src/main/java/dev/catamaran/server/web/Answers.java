package dev.catamaran.server.web;

import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.write.ReadView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.JsonNode;

/** How results become answers, the same for all controllers. */
@RestControllerAdvice
public final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** Seconds after which a refused write is worth another try: elections and fences are short. */
    private static final String RETRY_AFTER = "1";

    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final MediaType JSON =
            new MediaType("application", "json", StandardCharsets.UTF_8);

    static ResponseEntity<String> text(int status, String text) {
        return ResponseEntity.status(status).contentType(TEXT).body(text);
    }

    static ResponseEntity<String> json(JsonNode node) {
        return ResponseEntity.ok().contentType(JSON).body(node.toString());
    }

    static ResponseEntity<String> json(int status, String json) {
        return ResponseEntity.status(status).contentType(JSON).body(json);
    }

    /** The answer to a write: an unknown outcome is never dressed up as a failure. */
    static ResponseEntity<String> written(WriteResult result) {
        if (result instanceof WriteResult.Done) {
            return text(200, "ok");
        }
        if (result instanceof WriteResult.NotNow notNow) {
            return ResponseEntity.status(503)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                    .contentType(TEXT)
                    .body("not now: " + notNow.because());
        }
        if (result instanceof WriteResult.Unknown unknown) {
            return text(500, "outcome unknown: " + unknown.because());
        }
        if (result instanceof WriteResult.Rejected rejected) {
            return text(400, "caused: " + rejected.because() + ";");
        }
        throw new AssertionError("no answer for " + result);
    }

    @ExceptionHandler
    ResponseEntity<String> notLoaded(ReadView.NotLoaded early) {
        return ResponseEntity.status(503)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                .contentType(TEXT)
                .body("not now: " + early.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<String> refused(BadRequest refusal) {
        return text(refusal.status(), refusal.text());
    }

    @ExceptionHandler
    @Nullable ResponseEntity<String> failed(Exception failure) {
        if (failure instanceof org.springframework.web.ErrorResponse known) {
            return text(known.getStatusCode().value(), "caused: " + failure.getMessage() + ";");
        }
        if (failure instanceof org.springframework.http.converter.HttpMessageConversionException) {
            return text(400, "caused: the body cannot be read as what it should be;");
        }
        if (failure instanceof IOException) {
            // the client is gone; there is nobody to answer, and nothing is wrong here
            LOG.debug("client-gone because=\"{}\"", failure.getMessage());
            return null;
        }
        LOG.error("request-failed", failure);
        return text(500, "caused: " + failure.getMessage() + ";");
    }
}
