package dev.catamaran.server.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page on which an operator sees what the API says; it reads, and orders nothing. */
@RestController
@RequestMapping("/catamaran")
public final class DashboardController {

    private static final String FOLDER = "/dashboard/";

    /** Nothing but its own files: what members and operators say can bring in nothing. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, MediaType> FILES =
            Map.of(
                    "index.html", MediaType.parseMediaType("text/html;charset=UTF-8"),
                    "dashboard.css", MediaType.parseMediaType("text/css;charset=UTF-8"),
                    "dashboard.js", MediaType.parseMediaType("text/javascript;charset=UTF-8"));

    DashboardController() {}

    /** Relative names on the page need the slash. */
    @GetMapping("")
    ResponseEntity<Void> withoutSlash() {
        return ResponseEntity.status(HttpStatus.FOUND).location(URI.create("/catamaran/")).build();
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page() {
        return file("index.html");
    }

    /** One of the page's files; 404 for any other name. */
    @GetMapping("/{name:dashboard\\.(?:css|js)}")
    ResponseEntity<byte[]> file(@PathVariable("name") String name) {
        MediaType type = FILES.get(name);
        if (type == null) {
            return ResponseEntity.notFound().build();
        }
        try (InputStream in = DashboardController.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return ResponseEntity.notFound().build();
            }
            return ResponseEntity.ok()
                    .contentType(type)
                    .cacheControl(CacheControl.noCache())
                    .header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .body(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
